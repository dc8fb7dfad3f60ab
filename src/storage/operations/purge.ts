import { sql } from 'kysely';
import type { Connection } from '../core/engine.ts';
import { type BindParams, type Query, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import type { Condition } from '../schema/purge-rules.ts';
import { stateOf, type TableName, tableNames } from '../schema/tables.ts';

interface Purge {
  readonly now: number;
  /** Rows for each condition. */
  readonly limit: number;
}

/** One query for each condition that a table names. */
const purges = tableNames.flatMap((name) => {
  const { purge } = stateOf(name);
  return 'by' in purge ? purge.when.map((condition) => purgeOf(name, purge.by, condition)) : [];
});

/** Deletes some rows for which `condition` holds, and returns one row for each. */
function purgeOf(table: TableName, by: string, condition: Condition): Query<Purge, unknown> {
  return query((db, { now, limit }: BindParams<Purge>) => {
    const some = sql`select ${sql.ref(by)} from ${sql.table(table)} where ${condition(now)} limit ${limit}`;
    const statement = sql`delete from ${sql.table(table)} where ${sql.ref(by)} in (${some}) returning ${sql.ref(by)}`;
    return { compile: () => statement.compile(db) };
  });
}

/** Deletes what no longer matters, as the tables say. Returns the number of rows. */
export const purgeAll = transaction(
  'maintenance.purge',
  { unrecorded: 'Upkeep: rows that no longer matter' },
  async (db: Connection, purge: Purge): Promise<number> => {
    let gone = 0;
    for (const each of purges) gone += (await db.rows(each, purge)).length;
    return gone;
  },
);
