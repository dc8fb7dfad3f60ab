import type { Users } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';

type PasswordChange = Parameters<Users['changePassword']>[0];

/** Matches no session, so that none is kept. */
export const noSession = '';

const updatePassword = query((db, params: BindParams<Omit<PasswordChange, 'record'>>) =>
  db
    .updateTable('users')
    .set((row) => ({ password_hash: params.passwordHash, password_epoch: row('password_epoch', '+', 1) }))
    .where('id', '=', params.userId)
    .where('password_epoch', '=', params.passwordEpoch)
    .returning('password_epoch'),
);

const updateSessionEpoch = query((db, params: BindParams<{ keepSession: string; epoch: number }>) =>
  db.updateTable('sessions').set({ password_epoch: params.epoch }).where('id_hash', '=', params.keepSession),
);

const closeSessions = query((db, params: BindParams<{ userId: number; keepSession: string }>) =>
  db.deleteFrom('sessions').where('user_id', '=', params.userId).where('id_hash', '<>', params.keepSession),
);

interface Revocation {
  readonly userId: number;
  readonly now: number;
}

const invalidateCodes = query((db, params: BindParams<Revocation>) =>
  db
    .updateTable('codes')
    .set({ burned_at: params.now })
    .where('user_id', '=', params.userId)
    .where('redeemed_at', 'is', null)
    .where('burned_at', 'is', null),
);

const revokePasswordFamilies = query((db, params: BindParams<Revocation>) =>
  db
    .updateTable('families')
    .set({ revoked_at: params.now })
    .where('revoked_at', 'is', null)
    .where('evicted_at', 'is', null)
    .where('method', '=', 'password')
    .where('authorization_id', 'in', (select) =>
      select
        .selectFrom('authorizations')
        .select('id')
        .where('user_id', '=', params.userId)
        .where('revoked_at', 'is', null),
    ),
);

export const updatePasswordHash = transaction(
  'users.changePassword',
  { recorded: true },
  async (db: Connection, change: PasswordChange): Promise<'changed' | 'lost'> => {
    const changed = await db.first(updatePassword, change);
    if (changed === undefined) return 'lost';
    const keepSession = change.keepSession ?? noSession;
    await revokeByPassword(db, change, keepSession);
    await db.rows(updateSessionEpoch, { keepSession, epoch: changed.password_epoch });
    await recordChange(db, change.record);
    return 'changed';
  },
);

/**
 * Revokes what a password opened, within a transaction: all sessions but `keepSession` (an `idHash`, or
 * {@link noSession}), unredeemed codes, and families that were started by password.
 */
export async function revokeByPassword(db: Connection, revocation: Revocation, keepSession: string): Promise<void> {
  await db.rows(closeSessions, { userId: revocation.userId, keepSession });
  await db.rows(invalidateCodes, revocation);
  await db.rows(revokePasswordFamilies, revocation);
}

type Reset = Parameters<Users['resetPassword']>[0];

const replacePassword = query((db, params: BindParams<{ userId: number; passwordHash: string }>) =>
  db
    .updateTable('users')
    .set((row) => ({ password_hash: params.passwordHash, password_epoch: row('password_epoch', '+', 1) }))
    .where('id', '=', params.userId),
);

export const resetPassword = transaction(
  'users.resetPassword',
  { recorded: true },
  async (db: Connection, reset: Reset): Promise<'changed' | 'unknown'> => {
    if ((await db.changed(replacePassword, reset)) === 0) return 'unknown';
    await revokeByPassword(db, reset, noSession);
    await recordChange(db, reset.record);
    return 'changed';
  },
);

interface Rehash {
  readonly userId: number;
  readonly oldHash: string;
  readonly newHash: string;
}

const replaceHash = query((db, params: BindParams<Rehash>) =>
  db
    .updateTable('users')
    .set({ password_hash: params.newHash })
    .where('id', '=', params.userId)
    .where('password_hash', '=', params.oldHash),
);

export const rehashPassword = transaction(
  'users.rehashPassword',
  { unrecorded: 'The password stays the same' },
  async (db: Connection, rehash: Rehash): Promise<void> => {
    await db.rows(replaceHash, rehash);
  },
);
