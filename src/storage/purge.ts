import type { Connection } from './engine.ts';
import { type Given, type Query, query } from './query.ts';

export interface Purge {
  readonly now: number;
  /** Rows of each kind. */
  readonly limit: number;
}

/** Each deletes one kind of rows that can't matter any more, found by an index, and answers one row for each. */
const kinds: readonly Query<Purge, object>[] = [
  query((db, given: Given<Purge>) =>
    db
      .deleteFrom('sessions')
      .where('id_hash', 'in', (select) =>
        select.selectFrom('sessions').select('id_hash').where('expires_at', '<=', given.now).limit(given.limit),
      )
      .returning('id_hash'),
  ),
  query((db, given: Given<Purge>) =>
    db
      .deleteFrom('pending_requests')
      .where('id_hash', 'in', (select) =>
        select.selectFrom('pending_requests').select('id_hash').where('expires_at', '<=', given.now).limit(given.limit),
      )
      .returning('id_hash'),
  ),
  query((db, given: Given<Purge>) =>
    db
      .deleteFrom('codes')
      .where('hash', 'in', (select) =>
        select.selectFrom('codes').select('hash').where('expires_at', '<=', given.now).limit(given.limit),
      )
      .returning('hash'),
  ),
  query((db, given: Given<Purge>) =>
    db
      .deleteFrom('revoked_access_tokens')
      .where('token_id', 'in', (select) =>
        select
          .selectFrom('revoked_access_tokens')
          .select('token_id')
          .where('expires_at', '<=', given.now)
          .limit(given.limit),
      )
      .returning('token_id'),
  ),
  query((db, given: Given<Purge>) =>
    db
      .deleteFrom('throttles')
      .where('key', 'in', (select) =>
        select
          .selectFrom('throttles')
          .select('key')
          .where('empty_at', '<=', given.now)
          .where('trusted_until', '<=', given.now)
          .limit(given.limit),
      )
      .returning('key'),
  ),
  endedFamilies('revoked_at'),
  endedFamilies('evicted_at'),
];

/** While an access token of it lives, a family is needed to answer for it. Its spent refresh tokens go with it. */
function endedFamilies(ended: 'revoked_at' | 'evicted_at'): Query<Purge, object> {
  return query((db, given: Given<Purge>) =>
    db
      .deleteFrom('families')
      .where('id', 'in', (select) =>
        select
          .selectFrom('families')
          .select('id')
          .where(ended, 'is not', null)
          .where('access_expires_at', '<=', given.now)
          .limit(given.limit),
      )
      .returning('id'),
  );
}

export async function purgeAll(db: Connection, purge: Purge): Promise<number> {
  let gone = 0;
  for (const kind of kinds) gone += (await db.rows(kind, purge)).length;
  return gone;
}
