import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { UseCaseContext } from '../../use-cases/context.ts';
import { addDevice, assignDevice, finishImport, stageImport } from '../../use-cases/devices.ts';
import { CommandError, type DataOptions, printResult, withDataOptions } from '../command.ts';
import { requireUser, withUseCases } from '../use-cases.ts';

interface AddOptions extends DataOptions {
  readonly serialNumber: string;
  readonly deviceName: string;
  readonly owner?: string;
}

/** `insiders device …` */
export function deviceCommand(program: Command): void {
  const device = program.command('device').description('manage devices (GPS trackers)');
  withDataOptions(device.command('add'))
    .description('register a device')
    .requiredOption('--serial-number <number>', 'serial number with its leading zeros, such as 012345')
    .requiredOption('--device-name <name>', 'device name, 12 hexadecimal characters')
    .option('--owner <address>', 'account that owns it from now on')
    .action(add);
  withDataOptions(device.command('import <file>'))
    .description('register all devices of a CSV file with the header serial_number,device_name, or none of them')
    .action(importFile);
  withDataOptions(device.command('assign <serial-number> <user>'))
    .description('make an account (email address or ID) the owner from now on, even if another one owns the device')
    .action((serialNumber: string, user: string, options: DataOptions) => assign(serialNumber, user, options));
  withDataOptions(device.command('release <serial-number>'))
    .description('end the ownership of a device: nobody owns it then')
    .action((serialNumber: string, options: DataOptions) => assign(serialNumber, undefined, options));
}

async function add(options: AddOptions): Promise<void> {
  const id = await withUseCases(options, (context) => addFromCommandLine(context, options));
  printResult(options, { id }, `Device ${id} was added.`);
}

/**
 * Registers a device, with the owner if there is one. Returns its ID.
 * @throws {CommandError} an invalid or known serial number, an invalid name, or an unknown owner
 */
export async function addFromCommandLine(
  context: UseCaseContext,
  device: Pick<AddOptions, 'serialNumber' | 'deviceName' | 'owner'>,
): Promise<number> {
  const { serialNumber, deviceName, owner } = device;
  const ownerId = owner === undefined ? null : (await requireUser(context, owner)).id;
  const added = await addDevice(context, { serialNumber, deviceName, ownerId });
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
    const read = await stageImport(context, content, options.json ? () => {} : printProgress);
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

/**
 * Prints the progress of a long list to standard error: on a terminal one line that is overwritten, else a line for
 * every 25,000 devices.
 */
function printProgress(done: number, all: number): void {
  if (all < 10_000) return;
  const text = `${done} of ${all} devices read`;
  if (process.stderr.isTTY) process.stderr.write(`\r${text}${done === all ? '\n' : ''}`);
  else if (done % 25_000 === 0 || done === all) process.stderr.write(`${text}\n`);
}

async function assign(serialNumber: string, newOwner: string | undefined, options: DataOptions): Promise<void> {
  const owner = await withUseCases(options, async (context) => {
    const user = newOwner === undefined ? null : await requireUser(context, newOwner);
    const { rows } = await context.store.devices.search({ text: serialNumber, limit: 1000 });
    const device = rows.find((row) => row.serialNumber === serialNumber);
    if (device === undefined) throw new CommandError(`There is no device ${serialNumber}.`);
    const outcome = await assignDevice(context, device, user);
    if (outcome !== 'assigned')
      throw new CommandError('The owner of the device changed at the same moment. Try again.');
    return user?.email ?? null;
  });
  const sentence = owner === null ? `Nobody owns ${serialNumber} now.` : `${owner} owns ${serialNumber} now.`;
  printResult(options, { serial_number: serialNumber, owner }, sentence);
}
