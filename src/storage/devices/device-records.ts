import type { Kysely } from 'kysely';
import type { CursorPage, Devices, PastOwnership, RegisteredDevice } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import { contains, patternFor } from '../core/case-folding.ts';
import type { Connection } from '../core/engine.ts';
import { cursorPageOf, memoizeByShape } from '../core/paging.ts';
import { type BindParams, query } from '../core/query.ts';
import { abort, transaction } from '../core/transaction.ts';
import type { Schema } from '../schema/tables.ts';
import { endOwnership, startOwnership } from './device-ownership.ts';
import { openEnd } from './ownership-rows.ts';

/** Devices with their current owner, if they have one. */
function registered(db: Kysely<Schema>) {
  return db
    .selectFrom('devices')
    .leftJoin('device_ownerships as ownerships', (join) =>
      join.onRef('ownerships.device_id', '=', 'devices.id').on('ownerships.end_time', '=', openEnd),
    )
    .leftJoin('users', 'users.id', 'ownerships.user_id')
    .select([
      'devices.id',
      'devices.serial_number',
      'devices.device_name',
      'devices.created_at',
      'users.id as owner_id',
      'users.email as owner_email',
    ]);
}

interface RegisteredRow {
  readonly id: number;
  readonly serial_number: string;
  readonly device_name: string;
  readonly created_at: number;
  readonly owner_id: number | null;
  readonly owner_email: string | null;
}

function registeredFrom(row: RegisteredRow): RegisteredDevice {
  const { owner_id: id, owner_email: email } = row;
  return {
    id: row.id,
    serialNumber: row.serial_number,
    deviceName: row.device_name,
    createdAt: row.created_at,
    owner: id === null || email === null ? null : { id, email },
  };
}

const newestFirst = memoizeByShape((shape: { readonly text: boolean }) =>
  query((db, params: BindParams<{ limit: number; before: number; pattern: string }>) =>
    registered(db)
      .where('devices.id', '<', params.before)
      .$if(shape.text, (rows) =>
        rows.where((row) =>
          row.or([
            contains(row.ref('devices.serial_number_folded'), params.pattern),
            contains(row.ref('devices.device_name_folded'), params.pattern),
          ]),
        ),
      )
      .orderBy('devices.id', 'desc')
      .limit(params.limit),
  ),
);

export async function searchDevices(
  db: Connection,
  { limit, after, text }: Parameters<Devices['search']>[0],
): Promise<CursorPage<RegisteredDevice>> {
  const rows = await db.rows(newestFirst({ text: text !== undefined }), {
    limit: limit + 1,
    before: Number(after ?? Number.MAX_SAFE_INTEGER),
    pattern: patternFor(text ?? ''),
  });
  return cursorPageOf(rows.map(registeredFrom), limit, ({ id }) => String(id));
}

const single = query((db, params: BindParams<{ deviceId: number }>) =>
  registered(db).where('devices.id', '=', params.deviceId),
);

export async function findRegistered(db: Connection, deviceId: number): Promise<RegisteredDevice | undefined> {
  const row = await db.first(single, { deviceId });
  return row && registeredFrom(row);
}

const past = query((db, params: BindParams<{ deviceId: number }>) =>
  db
    .selectFrom('device_ownerships as ownerships')
    .innerJoin('users', 'users.id', 'ownerships.user_id')
    .select(['ownerships.id', 'ownerships.start_time', 'ownerships.end_time', 'users.id as owner_id', 'users.email'])
    .where('ownerships.device_id', '=', params.deviceId)
    .orderBy('ownerships.id', 'desc'),
);

export async function deviceHistory(db: Connection, deviceId: number): Promise<readonly PastOwnership[]> {
  const rows = await db.rows(past, { deviceId });
  return rows.map((row) => ({
    id: row.id,
    startTime: row.start_time,
    endTime: row.end_time,
    owner: { id: row.owner_id, email: row.email },
  }));
}

type Assignment = Parameters<Devices['assign']>[0];

export const assignOwner = transaction(
  'devices.assign',
  { recorded: true },
  async (db: Connection, assignment: Assignment): ReturnType<Devices['assign']> => {
    const { deviceId, expectedOwnerId, newOwnerId, now, record } = assignment;
    const device = await db.first(single, { deviceId });
    if (device === undefined) return 'unknown';
    if (device.owner_id !== expectedOwnerId) return 'lost';
    if (expectedOwnerId !== null) {
      const ended = await endOwnership(db, { deviceId, userId: expectedOwnerId, now });
      if (ended.outcome !== 'released') return 'lost';
    }
    if (newOwnerId !== null && !(await startOwnership(db, { deviceId, userId: newOwnerId, now }))) abort('lost');
    await recordChange(db, record);
    return 'assigned';
  },
);
