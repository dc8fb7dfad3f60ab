import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Connection } from './engine.ts';
import { type Given, type Query, query } from './query.ts';
import type { Schema } from './schema.ts';
import { transaction } from './transaction.ts';

interface Purge {
  readonly now: number;
  /** Rows of each kind. */
  readonly limit: number;
}

const day = 86_400_000;

/** So many days before a time. The databases guess the type of a bare parameter by what it is subtracted from. */
function before(now: Expression<number>, days: number): RawBuilder<number> {
  return sql<number>`(cast(${now} as bigint) - ${sql.lit(days * day)})`;
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
  // Refusals are kept for 30 days, mails that were sent for 90, numbers of requests for 400.
  rowsOf('refusals', 'id', ({ now }) => sql`at <= ${before(now, 30)}`),
  rowsOf('mails', 'id', ({ now }) => sql`state = 'sent' and due_at <= ${before(now, 90)}`),
  rowsOf('application_days', 'day', ({ now }) => sql`day <= ${before(now, 400)} / ${sql.lit(day)}`),
  // Lists of devices that nobody went on with for a day, and then their rows.
  rowsOf('device_imports', 'id', ({ now }) => sql`created_at <= ${before(now, 1)}`),
  rowsOf('device_import_rows', 'import_id', () => sql`import_id not in (select id from device_imports)`),
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
export const purgeAll = transaction(
  'maintenance.purge',
  { unrecorded: 'Upkeep: rows that no longer matter' },
  async (db: Connection, purge: Purge): Promise<number> => {
    let gone = 0;
    for (const kind of kinds) gone += (await db.rows(kind, purge)).length;
    return gone;
  },
);
