import type { Devices } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import { foldCase } from '../core/case-folding.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import { startOwnership } from './device-ownership.ts';

type Registration = Parameters<Devices['add']>[0];

const insert = query((db, params: BindParams<Pick<Registration, 'serialNumber' | 'deviceName' | 'now'> & Folded>) =>
  db
    .insertInto('devices')
    .values({
      serial_number: params.serialNumber,
      serial_number_folded: params.foldedSerialNumber,
      device_name: params.deviceName,
      device_name_folded: params.foldedDeviceName,
      created_at: params.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id'),
);

interface Folded {
  readonly foldedSerialNumber: string;
  readonly foldedDeviceName: string;
}

/** Adds a device within a transaction, which stores the audit entry itself. */
export async function insertDevice(db: Connection, device: Omit<Registration, 'record'>): ReturnType<Devices['add']> {
  const { serialNumber, deviceName, ownerId, now } = device;
  const folded = { foldedSerialNumber: foldCase(serialNumber), foldedDeviceName: foldCase(deviceName) };
  const added = await db.first(insert, { serialNumber, deviceName, now, ...folded });
  if (added === undefined) return { outcome: 'taken' };
  if (ownerId !== null) await startOwnership(db, { deviceId: added.id, userId: ownerId, now });
  return { outcome: 'added', id: added.id };
}

export const registerDevice = transaction(
  'devices.add',
  { recorded: true },
  async (db: Connection, device: Registration): ReturnType<Devices['add']> => {
    const added = await insertDevice(db, device);
    if (added.outcome === 'added') await recordChange(db, device.record);
    return added;
  },
);
