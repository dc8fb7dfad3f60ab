import { sql } from 'kysely';
import type { Connection } from '../core/engine.ts';
import { type BindParams, type Query, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import type { Condition } from '../schema/purge-rules.ts';
import { stateOf, type TableName, tableNames } from '../schema/tables.ts';

interface Purge {
  readonly now: number;
  /** Maximum rows to select for each condition. */
  readonly limit: number;
}

/** One query for each condition of each table. */
const purgeQueries = tableNames.flatMap((name) => {
  const { purge } = stateOf(name);
  return 'by' in purge ? purge.when.map((condition) => purgeOf(name, purge.by, condition)) : [];
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

/** Deletes expired rows by the purge rules of the tables. Returns the number of rows. */
export const purgeAll = transaction(
  'maintenance.purge',
  { unrecorded: 'Upkeep: rows that no longer matter' },
  async (db: Connection, purge: Purge): Promise<number> => {
    let deleted = 0;
    for (const purgeQuery of purgeQueries) deleted += (await db.rows(purgeQuery, purge)).length;
    return deleted;
  },
);
