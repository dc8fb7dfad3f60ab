import type { PendingRequest, PendingRequests } from '../../ports/store/index.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';

export function pendingRequests(engine: Engine): PendingRequests {
  return {
    save: (request) => engine.transact(saveRequest, request),
    find: async (idHash, now) => {
      const row = await engine.first(unfinished, { idHash, now });
      return row && { idHash: row.id_hash, query: row.query, createdAt: row.created_at, expiresAt: row.expires_at };
    },
    finish: async (idHash, now) => ((await engine.transact(finishRequest, { idHash, now })) ? 'finished' : 'gone'),
  };
}

interface Lookup {
  readonly idHash: string;
  readonly now: number;
}

const unfinished = query((db, params: BindParams<Lookup>) =>
  db
    .selectFrom('pending_requests')
    .selectAll()
    .where('id_hash', '=', params.idHash)
    .where('expires_at', '>', params.now),
);

const insert = query((db, params: BindParams<PendingRequest>) =>
  db.insertInto('pending_requests').values({
    id_hash: params.idHash,
    query: params.query,
    created_at: params.createdAt,
    expires_at: params.expiresAt,
  }),
);

const saveRequest = transaction(
  'pendingRequests.keep',
  { unrecorded: 'Nothing is in effect yet' },
  async (db: Connection, request: PendingRequest): Promise<void> => {
    await db.rows(insert, request);
  },
);

const remove = query((db, params: BindParams<Lookup>) =>
  db.deleteFrom('pending_requests').where('id_hash', '=', params.idHash).where('expires_at', '>', params.now),
);

/** Deletes the request. Returns whether there was one that had not expired: `true` for one caller only. */
export const finishRequest = transaction(
  'pendingRequests.finish',
  { unrecorded: 'Nothing is in effect yet' },
  async (db: Connection, request: Lookup): Promise<boolean> => {
    return (await db.changed(remove, request)) > 0;
  },
);
