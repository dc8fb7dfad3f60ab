import { type Generated, sql } from 'kysely';
import { daysBefore } from './purge-rules.ts';
import { table } from './table.ts';

export interface DeviceRow {
  readonly id: Generated<number>;
  readonly serial_number: string;
  readonly serial_number_folded: string;
  readonly device_name: string;
  readonly device_name_folded: string;
  readonly created_at: number;
}

export interface DeviceOwnershipRow {
  readonly id: Generated<number>;
  readonly device_id: number;
  readonly user_id: number;
  readonly start_time: number;
  readonly end_time: number;
  readonly custom_name: string;
  readonly custom_name_folded: string;
}

/** An uploaded list of devices, until it is registered as a whole. */
export interface DeviceImportRow {
  readonly id: string;
  readonly created_at: number;
  readonly created_by: number | null;
}

export interface ImportedDeviceRow {
  readonly import_id: string;
  readonly serial_number: string;
  readonly serial_number_folded: string;
  readonly device_name: string;
  readonly device_name_folded: string;
}

export const deviceTables = {
  devices: table<DeviceRow>({ purge: { never: 'A registered device stays registered' } }),
  device_ownerships: table<DeviceOwnershipRow>({ purge: { never: 'They say who may see the data of which period' } }),
  // Uploaded lists of devices that were not registered within a day, and then their rows.
  device_imports: table<DeviceImportRow>({
    purge: { by: 'id', when: [(now) => sql`created_at <= ${daysBefore(now, 1)}`] },
  }),
  device_import_rows: table<ImportedDeviceRow>({
    purge: { by: 'import_id', when: [() => sql`import_id not in (select id from device_imports)`] },
  }),
};
