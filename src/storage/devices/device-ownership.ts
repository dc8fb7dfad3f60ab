import { sql } from 'kysely';
import type { ChangeRecord } from '../../ports/change-record.ts';
import type { Devices } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import { foldCase } from '../core/case-folding.ts';
import type { Connection } from '../core/engine.ts';
import { greatest } from '../core/greatest.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import { openEnd, ownershipFrom, ownerships } from './ownership-rows.ts';

interface Start {
  readonly deviceId: number;
  readonly userId: number;
  readonly now: number;
}

const insert = query((db, params: BindParams<Start>) =>
  db
    .insertInto('device_ownerships')
    .values({
      device_id: params.deviceId,
      user_id: params.userId,
      start_time: params.now,
      end_time: openEnd,
      custom_name: '',
      custom_name_folded: '',
    })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Starts an ownership within a transaction. Returns `false` if the device has an owner. */
export async function startOwnership(db: Connection, start: Start): Promise<boolean> {
  return (await db.changed(insert, start)) > 0;
}

const byName = query((db, params: BindParams<{ serialNumber: string; folded: string }>) =>
  db
    .selectFrom('devices')
    .select('id')
    .where('serial_number', '=', params.serialNumber)
    .where('device_name_folded', '=', params.folded),
);

const ongoing = query((db, params: BindParams<{ deviceId: number }>) =>
  ownerships(db).where('ownerships.device_id', '=', params.deviceId).where('ownerships.end_time', '=', openEnd),
);

type Take = Parameters<Devices['take']>[0];

export const takeOwnership = transaction(
  'devices.take',
  { recorded: true },
  async (db: Connection, take: Take): ReturnType<Devices['take']> => {
    const device = await db.first(byName, { serialNumber: take.serialNumber, folded: foldCase(take.deviceName) });
    if (device === undefined) return { outcome: 'unknown' };
    const started = await startOwnership(db, { deviceId: device.id, userId: take.userId, now: take.now });
    const row = await db.first(ongoing, { deviceId: device.id });
    if (row === undefined || row.user_id !== take.userId) return { outcome: 'owned' };
    if (!started) return { outcome: 'already_yours', ownership: ownershipFrom(row) };
    await recordChange(db, recordOf('device.taken', { ...take, deviceId: device.id }));
    return { outcome: 'taken', ownership: ownershipFrom(row) };
  },
);

type Release = Parameters<Devices['release']>[0];

const end = query((db, params: BindParams<Omit<Release, 'origin'>>) =>
  db
    .updateTable('device_ownerships')
    .set((row) => ({ end_time: greatest(row.ref('start_time'), params.now) }))
    .where('user_id', '=', params.userId)
    .where('device_id', '=', params.deviceId)
    .where('end_time', '=', openEnd)
    .returning('id'),
);

const byId = query((db, params: BindParams<{ id: number }>) => ownerships(db).where('ownerships.id', '=', params.id));

/** Ends an ownership within a transaction, which stores the audit entry itself. It never ends before its start. */
export async function endOwnership(db: Connection, release: Omit<Release, 'origin'>): ReturnType<Devices['release']> {
  const ended = await db.first(end, release);
  const row = ended && (await db.first(byId, ended));
  if (row !== undefined) return { outcome: 'released', ownership: ownershipFrom(row) };
  return { outcome: await withoutOwnership(db, release) };
}

export const releaseDevice = transaction(
  'devices.release',
  { recorded: true },
  async (db: Connection, release: Release): ReturnType<Devices['release']> => {
    const released = await endOwnership(db, release);
    if (released.outcome === 'released') await recordChange(db, recordOf('device.released', release));
    return released;
  },
);

/** The audit entry of an owner who takes or releases a device. */
function recordOf(action: string, { userId, deviceId, now, origin = {} }: Release): ChangeRecord {
  const actor = { kind: 'user', id: userId } as const;
  return { event: { at: now, actor, action, subject: `device:${deviceId}`, ...origin } };
}

interface Naming {
  readonly userId: number;
  readonly deviceId: number;
  readonly customName: string;
  readonly folded: string;
}

const rename = query((db, params: BindParams<Naming>) =>
  db
    .updateTable('device_ownerships')
    .set({ custom_name: params.customName, custom_name_folded: params.folded })
    .where('user_id', '=', params.userId)
    .where('device_id', '=', params.deviceId)
    .where('end_time', '=', openEnd),
);

type NameChange = Parameters<Devices['setCustomName']>[0];

export const setCustomName = transaction(
  'devices.setCustomName',
  { unrecorded: 'Only the user sees the custom name' },
  async (db: Connection, change: NameChange): ReturnType<Devices['setCustomName']> => {
    const renamed = await db.changed(rename, { ...change, folded: foldCase(change.customName) });
    return renamed === 0 ? withoutOwnership(db, change) : 'changed';
  },
);

const everOwned = query((db, params: BindParams<{ userId: number; deviceId: number }>) =>
  db
    .selectFrom('device_ownerships')
    .select('id')
    .where('user_id', '=', params.userId)
    .where('device_id', '=', params.deviceId)
    .limit(sql.lit(1)),
);

/** Returns why a user without an ongoing ownership can't change it: it has ended, or there never was one. */
async function withoutOwnership(
  db: Connection,
  ids: { readonly userId: number; readonly deviceId: number },
): Promise<'not_owner' | 'unknown'> {
  return (await db.first(everOwned, ids)) === undefined ? 'unknown' : 'not_owner';
}
