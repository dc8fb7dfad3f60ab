import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Connection } from './engine.ts';
import { type Given, type Query, query } from './query.ts';
import type { Schema } from './schema.ts';

interface Purge {
  readonly now: number;
  /** Rows of each kind. */
  readonly limit: number;
}

/**
 * What can't matter any more, kind by kind; an index leads to each. While an access token of it lives, an ended family is
 * needed to answer for it; its spent refresh tokens go with it.
 */
const kinds = [
  rowsOf('sessions', 'id_hash', ({ now }) => sql`expires_at <= ${now}`),
  rowsOf('pending_requests', 'id_hash', ({ now }) => sql`expires_at <= ${now}`),
  rowsOf('codes', 'hash', ({ now }) => sql`expires_at <= ${now}`),
  rowsOf('revoked_access_tokens', 'token_id', ({ now }) => sql`expires_at <= ${now}`),
  rowsOf('throttles', 'key', ({ now }) => sql`empty_at <= ${now} and trusted_until <= ${now}`),
  rowsOf('application_invitations', 'id_hash', ({ now }) => sql`expires_at <= ${now}`),
  // Refusals are kept for 30 days.
  rowsOf('refusals', 'id', ({ now }) => sql`at <= ${now} - 2592000000`),
  rowsOf('families', 'id', ({ now }) => sql`revoked_at is not null and access_expires_at <= ${now}`),
  rowsOf('families', 'id', ({ now }) => sql`evicted_at is not null and access_expires_at <= ${now}`),
];

/** Deletes some rows for which `condition` holds, and answers one row for each. */
function rowsOf<Table extends keyof Schema>(
  table: Table,
  key: keyof Schema[Table] & string,
  condition: (given: Given<Purge>) => RawBuilder<SqlBool>,
): Query<Purge, unknown> {
  return query((db, given: Given<Purge>) => {
    const some = sql`select ${sql.ref(key)} from ${sql.table(table)} where ${condition(given)} limit ${given.limit}`;
    const statement = sql`delete from ${sql.table(table)} where ${sql.ref(key)} in (${some}) returning ${sql.ref(key)}`;
    return { compile: () => statement.compile(db) };
  });
}

/** Answers how many rows went. */
export async function purgeAll(db: Connection, purge: Purge): Promise<number> {
  let gone = 0;
  for (const kind of kinds) gone += (await db.rows(kind, purge)).length;
  return gone;
}
