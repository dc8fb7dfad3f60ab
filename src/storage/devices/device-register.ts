import type { Devices } from '../../ports/store/index.ts';
import { keepNote } from '../audit/change-record.ts';
import { fold } from '../core/case-folding.ts';
import type { Connection } from '../core/engine.ts';
import { type Given, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import { startOwnership } from './device-ownership.ts';

type Registration = Parameters<Devices['add']>[0];

const insert = query((db, given: Given<Pick<Registration, 'serialNumber' | 'deviceName' | 'now'> & Folded>) =>
  db
    .insertInto('devices')
    .values({
      serial_number: given.serialNumber,
      serial_number_folded: given.foldedSerialNumber,
      device_name: given.deviceName,
      device_name_folded: given.foldedDeviceName,
      created_at: given.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id'),
);

interface Folded {
  readonly foldedSerialNumber: string;
  readonly foldedDeviceName: string;
}

/** Adds a device as a part of a transaction, which keeps the audit entry itself. */
export async function addDevice(db: Connection, device: Omit<Registration, 'note'>): ReturnType<Devices['add']> {
  const { serialNumber, deviceName, ownerId, now } = device;
  const folded = { foldedSerialNumber: fold(serialNumber), foldedDeviceName: fold(deviceName) };
  const added = await db.first(insert, { serialNumber, deviceName, now, ...folded });
  if (added === undefined) return { outcome: 'taken' };
  if (ownerId !== null) await startOwnership(db, { deviceId: added.id, userId: ownerId, now });
  return { outcome: 'added', id: added.id };
}

export const registerDevice = transaction(
  'devices.add',
  { recorded: true },
  async (db: Connection, device: Registration): ReturnType<Devices['add']> => {
    const added = await addDevice(db, device);
    if (added.outcome === 'added') await keepNote(db, device.note);
    return added;
  },
);
