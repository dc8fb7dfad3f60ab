import type { ChangeRecord } from '../../ports/change-record.ts';
import type { Devices, StagedImport } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import { foldCase } from '../core/case-folding.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';

type Part = Parameters<Devices['stage']>[0];

/** Maximum devices in one insert statement. */
const devicesPerInsert = 500;

const begin = query((db, params: BindParams<{ importId: string; createdBy: number | null; now: number }>) =>
  db
    .insertInto('device_imports')
    .values({ id: params.importId, created_at: params.now, created_by: params.createdBy })
    .onConflict((conflict) => conflict.doNothing()),
);

export const stageDevices = transaction(
  'devices.stage',
  { unrecorded: 'Nothing is in effect yet' },
  async (db: Connection, part: Part): Promise<void> => {
    await db.rows(begin, part);
    for (let from = 0; from < part.devices.length; from += devicesPerInsert) {
      const rows = part.devices.slice(from, from + devicesPerInsert).map(({ serialNumber, deviceName }) => ({
        import_id: part.importId,
        serial_number: serialNumber,
        serial_number_folded: foldCase(serialNumber),
        device_name: deviceName,
        device_name_folded: foldCase(deviceName),
      }));
      // Not prepared: the number of rows is part of the SQL.
      const insert = query((queries) =>
        queries
          .insertInto('device_import_rows')
          .values(rows)
          .onConflict((conflict) => conflict.doNothing()),
      );
      await db.rows(insert, {});
    }
  },
);

interface ImportKey {
  readonly importId: string;
}

const byId = query((db, params: BindParams<ImportKey>) =>
  db.selectFrom('device_imports').selectAll().where('id', '=', params.importId),
);

const countAll = query((db, params: BindParams<ImportKey>) =>
  db
    .selectFrom('device_import_rows')
    .select((row) => row.fn.countAll<number>().as('devices'))
    .where('import_id', '=', params.importId),
);

const registeredAlready = query((db, params: BindParams<ImportKey>) =>
  db
    .selectFrom('device_import_rows as staged')
    .innerJoin('devices', 'devices.serial_number', 'staged.serial_number')
    .select('staged.serial_number')
    .where('staged.import_id', '=', params.importId)
    .orderBy('staged.serial_number'),
);

/** Maximum known serial numbers that are returned. */
const maxListed = 20;

export async function findImport(db: Connection, importId: string): Promise<StagedImport | undefined> {
  const row = await db.first(byId, { importId });
  if (row === undefined) return undefined;
  const counted = await db.first(countAll, { importId });
  const known = (await db.rows(registeredAlready, { importId })).map((device) => device.serial_number);
  return {
    id: row.id,
    createdAt: row.created_at,
    fresh: (counted?.devices ?? 0) - known.length,
    known: known.length,
    knownSerialNumbers: known.slice(0, maxListed),
  };
}

const deleteImport = query((db, params: BindParams<ImportKey>) =>
  db.deleteFrom('device_imports').where('id', '=', params.importId),
);

const deleteRows = query((db, params: BindParams<ImportKey>) =>
  db.deleteFrom('device_import_rows').where('import_id', '=', params.importId),
);

const register = query((db, params: BindParams<ImportKey & { now: number }>) =>
  db
    .insertInto('devices')
    .columns(['serial_number', 'serial_number_folded', 'device_name', 'device_name_folded', 'created_at'])
    .expression((select) =>
      select
        .selectFrom('device_import_rows')
        .select((row) => [
          'serial_number',
          'serial_number_folded',
          'device_name',
          'device_name_folded',
          row.cast<number>(params.now, 'bigint' as never).as('created_at'),
        ])
        .where('import_id', '=', params.importId)
        .orderBy('serial_number'),
    )
    .onConflict((conflict) => conflict.doNothing()),
);

export const registerStaged = transaction(
  'devices.registerStaged',
  { recorded: true },
  async (
    db: Connection,
    { importId, now, record }: ImportKey & { readonly now: number; readonly record: ChangeRecord },
  ): ReturnType<Devices['registerStaged']> => {
    if ((await db.changed(deleteImport, { importId })) === 0) return 'unknown';
    const counted = await db.first(countAll, { importId });
    const added = await db.changed(register, { importId, now });
    await db.rows(deleteRows, { importId });
    await recordChange(db, record);
    return { added, known: (counted?.devices ?? 0) - added };
  },
);

export const dropImport = transaction(
  'devices.dropImport',
  { unrecorded: 'Nothing is in effect yet' },
  async (db: Connection, key: ImportKey): Promise<void> => {
    await db.rows(deleteImport, key);
    await db.rows(deleteRows, key);
  },
);
