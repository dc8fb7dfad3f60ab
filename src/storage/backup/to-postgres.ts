import type { DatabaseSync } from 'node:sqlite';
import type pg from 'pg';
import { migrate } from '../open.ts';
import { inTransactionOn } from '../postgres/engine.ts';
import { mapErrors } from '../postgres/errors.ts';
import { stateOf, type TableName, tableNames } from '../schema/tables.ts';
import { BackupError } from './errors.ts';
import { batchSize, withFile } from './file.ts';
import { identities } from './identities.ts';

/**
 * Migrates a PostgreSQL database, and fills it from a backup of this release in one transaction.
 * @throws {BackupError} the database holds state already
 */
export async function fillPostgres(databaseUrl: string, file: string): Promise<void> {
  await migrate({ databaseUrl });
  await withFile(file, (source) => inTransactionOn(databaseUrl, (client) => fillAll(client, source)));
}

async function fillAll(client: pg.Client, source: DatabaseSync): Promise<void> {
  // Other writers wait for these locks. A second restore waits as well, then finds rows and is refused.
  await mapErrors(client.query(`lock table ${tableNames.join(', ')} in exclusive mode`));
  for (const table of tableNames) await refuseRows(client, table);
  for (const table of tableNames) await fillTable(client, source, table);
  const sequences = source.prepare('select name, seq from sqlite_sequence').all() as { name: string; seq: number }[];
  for (const { table, sequence } of await identities(client)) {
    const last = sequences.find(({ name }) => name === table)?.seq ?? 0;
    if (last > 0) await mapErrors(client.query('select setval($1::regclass, $2)', [sequence, last]));
  }
}

async function refuseRows(client: pg.Client, table: TableName): Promise<void> {
  if (stateOf(table).replacedByRestore) {
    await mapErrors(client.query(`delete from ${table}`));
    return;
  }
  const { rows } = await mapErrors(client.query(`select exists (select 1 from ${table}) as present`));
  if (rows[0]?.present)
    throw new BackupError(`The database is not empty: there are rows in ${table}. Restore into a new one.`);
}

async function fillTable(client: pg.Client, source: DatabaseSync, table: TableName): Promise<void> {
  let batch: object[] = [];
  for (const row of source.prepare(`select * from ${table}`).iterate()) {
    batch.push(row);
    if (batch.length < batchSize) continue;
    await insert(client, table, batch);
    batch = [];
  }
  await insert(client, table, batch);
}

/** Inserts rows as JSON, whose keys PostgreSQL maps to the columns by name. */
async function insert(client: pg.Client, table: string, rows: readonly object[]): Promise<void> {
  const values = `select * from json_populate_recordset(null::${table}, $1)`;
  await mapErrors(client.query(`insert into ${table} overriding system value ${values}`, [JSON.stringify(rows)]));
}
