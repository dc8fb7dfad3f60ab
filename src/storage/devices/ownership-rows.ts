import { type Kysely, sql } from 'kysely';
import { endOfTime } from '../../ports/store/devices.ts';
import type { Ownership } from '../../ports/store/index.ts';
import type { Schema } from '../schema/tables.ts';

/**
 * The end time of an ongoing ownership. A literal instead of a parameter, so that the databases recognise the condition
 * of the unique index.
 */
export const openEnd = sql.lit(endOfTime);

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

/** Selects the columns of {@link OwnershipRow}: ownerships with their devices. */
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
