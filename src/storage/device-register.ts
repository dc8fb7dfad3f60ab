import type { Devices } from '../ports/store/index.ts';
import { startOwnership } from './device-ownership.ts';
import type { Connection } from './engine.ts';
import { fold } from './fold.ts';
import { keepNote } from './notes.ts';
import { query } from './query.ts';

type NewDevice = Parameters<Devices['importAll']>[0][number];

/** So many devices go into one statement. */
const devicesPerInsert = 500;

/** Registers those that are not known yet. */
async function insertDevices(db: Connection, batch: readonly NewDevice[], now: number) {
  const rows = batch.map(({ serialNumber, deviceName }) => ({
    serial_number: serialNumber,
    serial_number_folded: fold(serialNumber),
    device_name: deviceName,
    device_name_folded: fold(deviceName),
    created_at: now,
  }));
  // Written down each time, because the number of rows is part of the statement.
  const insert = query((queries) =>
    queries
      .insertInto('devices')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .returning(['id', 'serial_number']),
  );
  return db.rows(insert, {});
}

type Registration = Parameters<Devices['add']>[0];

export async function addDevice(db: Connection, device: Registration): ReturnType<Devices['add']> {
  const { ownerId, now } = device;
  const [added] = await insertDevices(db, [device], now);
  if (added === undefined) return { outcome: 'taken' };
  if (ownerId !== null) await startOwnership(db, { deviceId: added.id, userId: ownerId, now });
  await keepNote(db, device.note);
  return { outcome: 'added', id: added.id };
}

interface Import {
  readonly devices: readonly NewDevice[];
  readonly now: number;
}

export async function importDevices(db: Connection, { devices, now }: Import): ReturnType<Devices['importAll']> {
  const added = new Set<string>();
  for (let from = 0; from < devices.length; from += devicesPerInsert) {
    const rows = await insertDevices(db, devices.slice(from, from + devicesPerInsert), now);
    for (const row of rows) added.add(row.serial_number);
  }
  // A serial number that comes twice is known the second time.
  const unseen = new Set(added);
  const known = devices.map(({ serialNumber }) => serialNumber).filter((serialNumber) => !unseen.delete(serialNumber));
  return { added: added.size, known };
}
