import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { UseCaseContext } from '../../use-cases/context.ts';
import { assignDevice, finishImport, addDevice as registerDevice, stageImport } from '../../use-cases/devices.ts';
import { CommandError, type DataOptions, printResult, withDataOptions } from '../context.ts';
import { requireUser, withUseCases } from '../use-cases.ts';

interface AddOptions extends DataOptions {
  readonly serialNumber: string;
  readonly deviceName: string;
  readonly owner?: string;
}

/** `insiders device …` */
export function deviceCommand(program: Command): void {
  const device = program.command('device').description('trackers');
  withDataOptions(device.command('add'))
    .description('register a tracker')
    .requiredOption('--serial-number <number>', 'with its leading zeros, e.g. 012345')
    .requiredOption('--device-name <name>', '12 hexadecimal characters')
    .option('--owner <address>', 'the account that owns it from now on')
    .action(add);
  withDataOptions(device.command('import <file>'))
    .description('register all trackers of a CSV file with the header serial_number,device_name; all or none')
    .action(importFile);
  withDataOptions(device.command('assign <serial-number> <user>'))
    .description('make somebody the owner from now on, whoever owned it before')
    .action((serialNumber: string, who: string, options: DataOptions) => assign(serialNumber, who, options));
  withDataOptions(device.command('release <serial-number>'))
    .description('end its ownership')
    .action((serialNumber: string, options: DataOptions) => assign(serialNumber, undefined, options));
}

async function add(options: AddOptions): Promise<void> {
  const id = await withUseCases(options, (context) => addToRegister(context, options));
  printResult(options, { id }, `Device ${id} was added.`);
}

/** Registers a device, owned by `owner` if one is named. @throws {CommandError} */
export async function addToRegister(
  context: UseCaseContext,
  wanted: Pick<AddOptions, 'serialNumber' | 'deviceName' | 'owner'>,
): Promise<number> {
  const { serialNumber, deviceName, owner } = wanted;
  const ownerId = owner === undefined ? null : (await requireUser(context, owner)).id;
  const added = await registerDevice(context, { serialNumber, deviceName, ownerId });
  switch (added.outcome) {
    case 'added':
      return added.id;
    case 'taken':
      throw new CommandError(`The serial number ${serialNumber} is known already.`);
    case 'bad_serial_number':
      throw new CommandError('A serial number is 1 to 40 letters, digits and hyphens.');
    case 'bad_device_name':
      throw new CommandError('A device name is 12 hexadecimal characters.');
  }
}

async function importFile(file: string, options: DataOptions): Promise<void> {
  const content = await readFile(file, 'utf8').catch(() => {
    throw new CommandError(`${file} can't be read.`);
  });
  const { finished, staged } = await withUseCases(options, async (context) => {
    const read = await stageImport(context, content, options.json ? () => {} : tellProgress);
    if (read.outcome === 'refused') {
      const lines = read.problems.map(({ line, message }) => `line ${line}: ${message}`);
      throw new CommandError([...lines, 'Nothing was imported.'].join('\n'));
    }
    return { staged: await context.store.devices.findImport(read.id), finished: await finishImport(context, read.id) };
  });
  const added = finished === 'unknown' ? 0 : finished.added;
  const known = staged?.knownSerialNumbers ?? [];
  const count = staged?.known ?? 0;
  const already = count === 0 ? '' : ` ${count} were known already: ${known.slice(0, 10).join(', ')}.`;
  printResult(options, { added, known }, `${added} devices were added.${already}`);
}

/** On standard error: one line that changes where somebody watches, else a line now and then. Short lists need none. */
function tellProgress(done: number, all: number): void {
  if (all < 10_000) return;
  const text = `${done} of ${all} devices read`;
  if (process.stderr.isTTY) process.stderr.write(`\r${text}${done === all ? '\n' : ''}`);
  else if (done % 25_000 === 0 || done === all) process.stderr.write(`${text}\n`);
}

async function assign(serialNumber: string, who: string | undefined, options: DataOptions): Promise<void> {
  const owner = await withUseCases(options, async (context) => {
    const user = who === undefined ? null : await requireUser(context, who);
    const { rows } = await context.store.devices.search({ text: serialNumber, limit: 1000 });
    const device = rows.find((row) => row.serialNumber === serialNumber);
    if (device === undefined) throw new CommandError(`There is no device ${serialNumber}.`);
    const outcome = await assignDevice(context, device, user);
    if (outcome !== 'assigned') throw new CommandError('Its owner changed at the same moment. Look at it again.');
    return user?.email ?? null;
  });
  const sentence = owner === null ? `Nobody owns ${serialNumber} now.` : `${owner} owns ${serialNumber} now.`;
  printResult(options, { serial_number: serialNumber, owner }, sentence);
}
