import { type Expression, sql } from 'kysely';
import type { Connection } from '../core/engine.ts';
import { type BindParams, type Query, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import { type Condition, purgeExpired } from '../schema/purge-rules.ts';
import { stateOf, type TableName, tableNames } from '../schema/tables.ts';

interface Purge {
  readonly now: number;
  /** Maximum rows to select for each condition. */
  readonly limit: number;
}

/** For each table with a purge rule: first the rows that are kept longer, then one query for each condition. */
const purgeQueries = tableNames.flatMap((name) => {
  const { purge } = stateOf(name);
  if (!('by' in purge)) return [];
  const { by, when, keepUntil } = purge;
  if (keepUntil === undefined) return when.map((condition) => purgeOf(name, by, condition));
  const isKept: Condition = (now) => sql`coalesce(${keepUntil}, 0) > ${now}`;
  const due = when.map(
    (condition): Condition =>
      (now) =>
        sql`${condition(now)} and not ${isKept(now)}`,
  );
  const kept: Condition = (now) => sql`${purgeExpired(now)} and ${isKept(now)}`;
  return [keepLonger(name, by, { kept, keepUntil }), ...due.map((condition) => purgeOf(name, by, condition))];
});

/**
 * Selects up to `limit` rows that match `condition`, and deletes all rows with their values of the column `by`. Returns
 * a row for each deleted one.
 */
function purgeOf(table: TableName, by: string, condition: Condition): Query<Purge, unknown> {
  return query((db, { now, limit }: BindParams<Purge>) => {
    const keys = sql`select ${sql.ref(by)} from ${sql.table(table)} where ${condition(now)} limit ${limit}`;
    const statement = sql`delete from ${sql.table(table)} where ${sql.ref(by)} in (${keys}) returning ${sql.ref(by)}`;
    return { compile: () => statement.compile(db) };
  });
}

/** Moves `expires_at` of up to `limit` rows that match `kept` to `keepUntil`. Returns a row for each of them. */
function keepLonger(
  table: TableName,
  by: string,
  { kept, keepUntil }: { readonly kept: Condition; readonly keepUntil: Expression<number | null> },
): Query<Purge, unknown> {
  return query((db, { now, limit }: BindParams<Purge>) => {
    const keys = sql`select ${sql.ref(by)} from ${sql.table(table)} where ${kept(now)} limit ${limit}`;
    const statement = sql`update ${sql.table(table)} set expires_at = ${keepUntil} where ${sql.ref(by)} in (${keys}) returning ${sql.ref(by)}`;
    return { compile: () => statement.compile(db) };
  });
}

/**
 * Deletes expired rows by the purge rules of the tables, or moves their expiry where they must be kept. Returns the
 * number of rows of both kinds.
 */
export const purgeAll = transaction(
  'maintenance.purge',
  { unrecorded: 'Upkeep: rows that no longer matter' },
  async (db: Connection, purge: Purge): Promise<number> => {
    let rows = 0;
    for (const purgeQuery of purgeQueries) rows += (await db.rows(purgeQuery, purge)).length;
    return rows;
  },
);
