import type { NewSession, Sessions } from '../../ports/store/index.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import { userFrom } from './user-rows.ts';

export function sessions(engine: Engine): Sessions {
  return {
    open: (session, replaces) => engine.transact(openSession, { session, replaces }),
    find: async (idHash, now) => {
      const row = await engine.first(valid, { idHash, now });
      if (row === undefined) return undefined;
      const session = {
        idHash: row.id_hash,
        userId: row.id,
        createdAt: row.session_created_at,
        expiresAt: row.expires_at,
        confirmedAt: row.confirmed_at,
      };
      return { session, user: userFrom(row) };
    },
    confirm: (idHash, now) => engine.transact(confirmSession, { idHash, now }),
    close: (idHash) => engine.transact(closeSession, { idHash }),
  };
}

const valid = query((db, params: BindParams<{ idHash: string; now: number }>) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .selectAll('users')
    .select([
      'sessions.id_hash',
      'sessions.created_at as session_created_at',
      'sessions.expires_at',
      'sessions.confirmed_at',
    ])
    .where('sessions.id_hash', '=', params.idHash)
    .where('sessions.expires_at', '>', params.now)
    .where('users.disabled_at', 'is', null)
    .whereRef('sessions.password_epoch', '=', 'users.password_epoch'),
);

const insert = query((db, params: BindParams<NewSession>) =>
  db.insertInto('sessions').values({
    id_hash: params.idHash,
    user_id: params.userId,
    password_epoch: params.passwordEpoch,
    created_at: params.createdAt,
    expires_at: params.expiresAt,
    address: params.from,
    user_agent: params.userAgent,
    confirmed_at: params.createdAt,
  }),
);

const remove = query((db, params: BindParams<{ idHash: string }>) =>
  db.deleteFrom('sessions').where('id_hash', '=', params.idHash),
);

const openSession = transaction(
  'sessions.open',
  { unrecorded: 'Too many: one for each visit of a user' },
  async (
    db: Connection,
    { session, replaces }: { readonly session: NewSession; readonly replaces: string | null },
  ): Promise<void> => {
    if (replaces !== null) await db.rows(remove, { idHash: replaces });
    await db.rows(insert, session);
  },
);

const closeSession = transaction(
  'sessions.close',
  { unrecorded: 'Too many: one for each visit of a user' },
  async (db: Connection, session: { readonly idHash: string }): Promise<void> => {
    await db.rows(remove, session);
  },
);

const confirm = query((db, params: BindParams<{ idHash: string; now: number }>) =>
  db.updateTable('sessions').set({ confirmed_at: params.now }).where('id_hash', '=', params.idHash),
);

const confirmSession = transaction(
  'sessions.confirm',
  { unrecorded: 'Too many: one for each visit of a user' },
  async (db: Connection, confirmation: { readonly idHash: string; readonly now: number }): Promise<void> => {
    await db.rows(confirm, confirmation);
  },
);
