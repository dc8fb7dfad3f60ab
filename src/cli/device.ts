import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { normaliseEmail } from '../accounts/email.ts';
import { readDevices } from '../devices/csv.ts';
import { isSerialNumber, normaliseDeviceName } from '../devices/names.ts';
import type { Store } from '../ports/store/index.ts';
import { systemClock } from '../system/clock.ts';
import { answer, type DataOptions, Refused, withDataOptions, withStore } from './context.ts';

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
}

async function add(options: AddOptions): Promise<void> {
  const id = await withStore(options, (store) => addDevice(store, options));
  answer(options, { id }, `Device ${id} was added.`);
}

/** Registers a tracker, and starts its ownership if somebody is named. */
export async function addDevice(
  store: Pick<Store, 'devices' | 'users'>,
  wanted: Pick<AddOptions, 'serialNumber' | 'deviceName' | 'owner'>,
): Promise<number> {
  const deviceName = normaliseDeviceName(wanted.deviceName);
  if (!isSerialNumber(wanted.serialNumber))
    throw new Refused('A serial number is 1 to 40 letters, digits and hyphens.');
  if (deviceName === null) throw new Refused('A device name is 12 hexadecimal characters.');
  const ownerId = wanted.owner === undefined ? null : await findOwner(store, wanted.owner);
  const { serialNumber } = wanted;
  const added = await store.devices.add({ serialNumber, deviceName, ownerId, now: systemClock.now() });
  if (added.outcome === 'taken') throw new Refused(`The serial number ${serialNumber} is known already.`);
  return added.id;
}

async function findOwner(store: Pick<Store, 'users'>, address: string): Promise<number> {
  const user = await store.users.findByEmail(normaliseEmail(address) ?? '');
  if (user === undefined) throw new Refused(`There is no account for ${address}.`);
  return user.id;
}

async function importFile(file: string, options: DataOptions): Promise<void> {
  const content = await readFile(file, 'utf8').catch(() => {
    throw new Refused(`${file} can't be read.`);
  });
  const read = readDevices(content);
  if ('problems' in read) {
    const lines = read.problems.map(({ line, message }) => `line ${line}: ${message}`);
    throw new Refused([...lines, 'Nothing was imported.'].join('\n'));
  }
  const { added, known } = await withStore(options, (store) =>
    store.devices.importAll(read.devices, systemClock.now()),
  );
  const already = known.length === 0 ? '' : ` ${known.length} were known already: ${known.slice(0, 10).join(', ')}.`;
  answer(options, { added, known }, `${added} devices were added.${already}`);
}
