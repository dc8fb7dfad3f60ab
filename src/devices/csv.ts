import { isSerialNumber, normaliseDeviceName } from './names.ts';

export interface ListedDevice {
  readonly serialNumber: string;
  readonly deviceName: string;
}

/** `line`: counted from 1, as an editor shows it. */
export interface LineProblem {
  readonly line: number;
  readonly message: string;
}

const header = 'serial_number,device_name';
/** Most problems that are listed; who has more has another kind of file. */
const mostProblems = 100;

/** Reads a list of trackers: a header, then a line for each. Answers all of them, or what is wrong, by line. */
export function readDevices(
  text: string,
): { readonly devices: readonly ListedDevice[] } | { readonly problems: readonly LineProblem[] } {
  const [first = '', ...lines] = text.replace(/^\ufeff/, '').split(/\r?\n/);
  if (first.trim() !== header) return { problems: [{ line: 1, message: `The first line must be ${header}` }] };
  const devices: ListedDevice[] = [];
  const problems: LineProblem[] = [];
  const lineOf = new Map<string, number>();
  for (const [index, content] of lines.entries()) {
    if (content.trim() === '') continue;
    const line = index + 2;
    const read = readLine(content, lineOf);
    if (typeof read === 'string') problems.push({ line, message: read });
    else {
      devices.push(read);
      lineOf.set(read.serialNumber, line);
    }
    if (problems.length >= mostProblems) break;
  }
  return problems.length > 0 ? { problems } : { devices };
}

function readLine(content: string, lineOf: ReadonlyMap<string, number>): ListedDevice | string {
  const cells = content.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const [serialNumber = '', name = ''] = cells;
  if (cells.length !== 2) return 'A line has two values, separated by a comma';
  if (!isSerialNumber(serialNumber)) return 'The serial number must be 1 to 40 letters, digits and hyphens';
  const deviceName = normaliseDeviceName(name);
  if (deviceName === null) return 'The device name must be 12 hexadecimal characters';
  const earlier = lineOf.get(serialNumber);
  return earlier === undefined ? { serialNumber, deviceName } : `The serial number is in line ${earlier} already`;
}
