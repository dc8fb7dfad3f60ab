import { setImmediate } from 'node:timers/promises';
import type { LineProblem } from '../devices/csv.ts';
import { readDevices } from '../devices/csv.ts';
import { isSerialNumber, normaliseDeviceName } from '../devices/names.ts';
import type { RegisteredDevice, User } from '../ports/store/index.ts';
import { authorOf, changeRecord, type UseCaseContext } from './context.ts';

const subjectOf = (device: { readonly id: number }) => `device:${device.id}`;

export type AddOutcome =
  | { readonly outcome: 'added'; readonly id: number }
  | { readonly outcome: 'taken' | 'bad_serial_number' | 'bad_device_name' };

/** Registers a device. With an owner, their ownership begins now. */
export async function addDevice(
  context: UseCaseContext,
  device: { readonly serialNumber: string; readonly deviceName: string; readonly ownerId: number | null },
): Promise<AddOutcome> {
  const { serialNumber, ownerId } = device;
  const deviceName = normaliseDeviceName(device.deviceName);
  if (!isSerialNumber(serialNumber)) return { outcome: 'bad_serial_number' };
  if (deviceName === null) return { outcome: 'bad_device_name' };
  const record = changeRecord(context, 'device.added', `device:${serialNumber}`, { detail: { owner: ownerId } });
  return context.store.devices.add({ serialNumber, deviceName, ownerId, now: context.now, record });
}

/**
 * Makes `owner` the owner from now on; `null`: nobody. `lost`: the owner changed since `device` was read, and nothing
 * was written.
 */
export function assignDevice(
  context: UseCaseContext,
  device: RegisteredDevice,
  owner: User | null,
): Promise<'assigned' | 'lost' | 'unknown'> {
  const before = { owner: device.owner?.id ?? null };
  const after = { owner: owner?.id ?? null };
  const action = owner === null ? 'device.released' : device.owner === null ? 'device.assigned' : 'device.transferred';
  const record = changeRecord(context, action, subjectOf(device), { before, after });
  return context.store.devices.assign({
    deviceId: device.id,
    expectedOwnerId: before.owner,
    newOwnerId: after.owner,
    now: context.now,
    record,
  });
}

/** Devices in one transaction: between two of them other writes can run and the caller can show progress. */
const batchSize = 5000;

/**
 * Reads a CSV file and stages its devices; {@link finishImport} registers all or none of them. `onProgress` is called
 * with the number of staged devices and the number of all.
 */
export async function stageImport(
  context: UseCaseContext,
  csv: string,
  onProgress: (done: number, all: number) => void = () => {},
): Promise<
  | { readonly outcome: 'staged'; readonly id: string }
  | { readonly outcome: 'refused'; readonly problems: readonly LineProblem[] }
> {
  const read = await readDevices(csv, setImmediate);
  if ('problems' in read) return { outcome: 'refused', problems: read.problems };
  const { devices } = read;
  if (devices.length === 0) return { outcome: 'refused', problems: [{ line: 2, message: 'There is no device in it' }] };
  const id = context.random.text(16);
  for (let from = 0; from < devices.length; from += batchSize) {
    const batch = devices.slice(from, from + batchSize);
    await context.store.devices.stage({ importId: id, createdBy: authorOf(context), devices: batch, now: context.now });
    onProgress(from + batch.length, devices.length);
  }
  return { outcome: 'staged', id };
}

/** Registers the staged devices. Returns how many are new, and how many were registered before and stay unchanged. */
export async function finishImport(
  context: UseCaseContext,
  importId: string,
): Promise<{ readonly added: number; readonly known: number } | 'unknown'> {
  const staged = await context.store.devices.findImport(importId);
  if (staged === undefined) return 'unknown';
  const detail = { added: staged.fresh, known: staged.known };
  return context.store.devices.registerStaged(
    importId,
    context.now,
    changeRecord(context, 'device.imported', `import:${importId}`, { detail }),
  );
}
