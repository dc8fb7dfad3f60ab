import { sql } from 'kysely';
import type { ChangeRecord } from '../../ports/change-record.ts';
import { type Devices, endOfTime } from '../../ports/store/devices.ts';
import { recordChange } from '../audit/change-record.ts';
import { foldCase } from '../core/case-folding.ts';
import type { Connection } from '../core/engine.ts';
import { greatest } from '../core/greatest.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import { ownershipFrom, ownerships } from './ownership-rows.ts';

interface Start {
  readonly deviceId: number;
  readonly userId: number;
  readonly now: number;
}

// A literal, so that the databases recognise the condition of the unique index.
const openEnd = sql.lit(endOfTime);

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

/** Answers whether it started: it does not if the device has an owner. */
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

const openOne = query((db, params: BindParams<{ deviceId: number }>) =>
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
    const row = await db.first(openOne, { deviceId: device.id });
    if (row === undefined || row.user_id !== take.userId) return { outcome: 'owned' };
    if (!started) return { outcome: 'already_yours', ownership: ownershipFrom(row) };
    await recordChange(db, noteOf('device.taken', { ...take, deviceId: device.id }));
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

/** Ends an ownership as a part of a transaction, which keeps the audit entry itself. */
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
    if (released.outcome === 'released') await recordChange(db, noteOf('device.released', release));
    return released;
  },
);

/** The entry of what owners do with their devices themselves. */
function noteOf(action: string, { userId, deviceId, now, origin = {} }: Release): ChangeRecord {
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
  { unrecorded: 'What users call their devices concerns nobody else' },
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

/** Why a user without an ongoing ownership can't change anything. */
async function withoutOwnership(
  db: Connection,
  asked: { readonly userId: number; readonly deviceId: number },
): Promise<'not_owner' | 'unknown'> {
  return (await db.first(everOwned, asked)) === undefined ? 'unknown' : 'not_owner';
}
