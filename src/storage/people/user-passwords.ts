import type { Users } from '../../ports/store/index.ts';
import { keepNote } from '../audit/change-record.ts';
import type { Connection } from '../core/engine.ts';
import { type Given, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';

type PasswordChange = Parameters<Users['changePassword']>[0];

/** The hash of no session: nothing is kept. */
export const nobodys = '';

const updatePassword = query((db, given: Given<Omit<PasswordChange, 'note'>>) =>
  db
    .updateTable('users')
    .set((row) => ({ password_hash: given.passwordHash, password_epoch: row('password_epoch', '+', 1) }))
    .where('id', '=', given.userId)
    .where('password_epoch', '=', given.passwordEpoch)
    .returning('password_epoch'),
);

const renewSession = query((db, given: Given<{ keepSession: string; epoch: number }>) =>
  db.updateTable('sessions').set({ password_epoch: given.epoch }).where('id_hash', '=', given.keepSession),
);

const closeSessions = query((db, given: Given<{ userId: number; keepSession: string }>) =>
  db.deleteFrom('sessions').where('user_id', '=', given.userId).where('id_hash', '<>', given.keepSession),
);

interface Ending {
  readonly userId: number;
  readonly now: number;
}

const burnCodes = query((db, given: Given<Ending>) =>
  db
    .updateTable('codes')
    .set({ burned_at: given.now })
    .where('user_id', '=', given.userId)
    .where('redeemed_at', 'is', null)
    .where('burned_at', 'is', null),
);

const revokePasswordFamilies = query((db, given: Given<Ending>) =>
  db
    .updateTable('families')
    .set({ revoked_at: given.now })
    .where('revoked_at', 'is', null)
    .where('evicted_at', 'is', null)
    .where('method', '=', 'password')
    .where('authorization_id', 'in', (select) =>
      select
        .selectFrom('authorizations')
        .select('id')
        .where('user_id', '=', given.userId)
        .where('revoked_at', 'is', null),
    ),
);

export const changePassword = transaction(
  'users.changePassword',
  { recorded: true },
  async (db: Connection, change: PasswordChange): Promise<'changed' | 'lost'> => {
    const changed = await db.first(updatePassword, change);
    if (changed === undefined) return 'lost';
    const keepSession = change.keepSession ?? nobodys;
    await endWhatPasswordOpened(db, change, keepSession);
    await db.rows(renewSession, { keepSession, epoch: changed.password_epoch });
    await keepNote(db, change.note);
    return 'changed';
  },
);

/** Sessions but the one that is kept, codes that nobody redeemed yet, and the tokens of log-ins by password. */
export async function endWhatPasswordOpened(db: Connection, ending: Ending, keepSession: string): Promise<void> {
  await db.rows(closeSessions, { userId: ending.userId, keepSession });
  await db.rows(burnCodes, ending);
  await db.rows(revokePasswordFamilies, ending);
}

type Reset = Parameters<Users['resetPassword']>[0];

const replacePassword = query((db, given: Given<{ userId: number; passwordHash: string }>) =>
  db
    .updateTable('users')
    .set((row) => ({ password_hash: given.passwordHash, password_epoch: row('password_epoch', '+', 1) }))
    .where('id', '=', given.userId),
);

export const resetPassword = transaction(
  'users.resetPassword',
  { recorded: true },
  async (db: Connection, reset: Reset): Promise<'changed' | 'unknown'> => {
    if ((await db.changed(replacePassword, reset)) === 0) return 'unknown';
    await endWhatPasswordOpened(db, reset, nobodys);
    await keepNote(db, reset.note);
    return 'changed';
  },
);

interface Rehash {
  readonly userId: number;
  readonly oldHash: string;
  readonly newHash: string;
}

const replaceHash = query((db, given: Given<Rehash>) =>
  db
    .updateTable('users')
    .set({ password_hash: given.newHash })
    .where('id', '=', given.userId)
    .where('password_hash', '=', given.oldHash),
);

export const rehashPassword = transaction(
  'users.rehashPassword',
  { unrecorded: 'The password stays the same' },
  async (db: Connection, rehash: Rehash): Promise<void> => {
    await db.rows(replaceHash, rehash);
  },
);
