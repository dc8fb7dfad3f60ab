import type { Kysely } from 'kysely';
import type { Ownership } from '../../ports/store/index.ts';
import type { Schema } from '../schema/tables.ts';

export interface OwnershipRow {
  readonly id: number;
  readonly start_time: number;
  readonly end_time: number;
  readonly user_id: number;
  readonly device_id: number;
  readonly serial_number: string;
  readonly device_name: string;
}

export function ownershipFrom(row: OwnershipRow): Ownership {
  return {
    id: row.id,
    startTime: row.start_time,
    endTime: row.end_time,
    userId: row.user_id,
    device: { id: row.device_id, serialNumber: row.serial_number, deviceName: row.device_name },
  };
}

/** Ownerships with their devices, the columns of {@link OwnershipRow}. */
export function ownerships(db: Kysely<Schema>) {
  return db
    .selectFrom('device_ownerships as ownerships')
    .innerJoin('devices', 'devices.id', 'ownerships.device_id')
    .select([
      'ownerships.id',
      'ownerships.start_time',
      'ownerships.end_time',
      'ownerships.user_id',
      'ownerships.device_id',
      'devices.serial_number',
      'devices.device_name',
    ]);
}
