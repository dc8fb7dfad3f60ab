import { isSerialNumber, normaliseDeviceName } from './names.ts';

export interface ImportLine {
  readonly serialNumber: string;
  readonly deviceName: string;
}

/** `line`: counted from 1, as an editor shows it. */
export interface LineProblem {
  readonly line: number;
  readonly message: string;
}

const header = 'serial_number,device_name';
/** Problems that are listed at most: a file with more is probably not a list of devices. */
const maxProblems = 100;

/** Lines per step: about a millisecond of work. */
const linesPerStep = 1000;

/**
 * Reads a list of devices as CSV: a header, then one line per device. Returns all devices, or the problems by line. A
 * list of megabytes is read in steps; `pause` runs between them and lets other requests be served.
 */
export async function readDevices(
  text: string,
  pause: () => Promise<unknown>,
): Promise<{ readonly devices: readonly ImportLine[] } | { readonly problems: readonly LineProblem[] }> {
  const devices: ImportLine[] = [];
  const problems: LineProblem[] = [];
  const lineOf = new Map<string, number>();
  for (const [line, content] of linesOf(text)) {
    if (line % linesPerStep === 0) await pause();
    if (line === 1) {
      if (content.trim() !== header) return { problems: [{ line, message: `The first line must be ${header}` }] };
      continue;
    }
    if (content.trim() === '') continue;
    const read = readLine(content, lineOf);
    if (typeof read === 'string') problems.push({ line, message: read });
    else {
      devices.push(read);
      lineOf.set(read.serialNumber, line);
    }
    if (problems.length >= maxProblems) break;
  }
  return problems.length > 0 ? { problems } : { devices };
}

/**
 * Yields the lines with their numbers one by one: to split the whole text at once would block as long as to read it.
 */
function* linesOf(text: string): Generator<readonly [line: number, content: string]> {
  let from = text.startsWith('\ufeff') ? 1 : 0;
  for (let line = 1; from <= text.length; line += 1) {
    const found = text.indexOf('\n', from);
    const end = found === -1 ? text.length : found;
    yield [line, text.slice(from, text[end - 1] === '\r' ? end - 1 : end)];
    from = end + 1;
  }
}

function readLine(content: string, lineOf: ReadonlyMap<string, number>): ImportLine | string {
  const cells = content.split(',', 3).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const [serialNumber = '', name = ''] = cells;
  if (cells.length !== 2) return 'A line has two values, separated by a comma';
  if (!isSerialNumber(serialNumber)) return 'The serial number must be 1 to 40 letters, digits and hyphens';
  const deviceName = normaliseDeviceName(name);
  if (deviceName === null) return 'The device name must be 12 hexadecimal characters';
  const earlier = lineOf.get(serialNumber);
  return earlier === undefined ? { serialNumber, deviceName } : `The serial number is in line ${earlier} already`;
}
