import type { DatabaseSync } from 'node:sqlite';
import type pg from 'pg';
import { inTransactionOn } from '../postgres/engine.ts';
import { mapErrors } from '../postgres/errors.ts';
import { stateOf, type TableName, tableNames } from '../schema/tables.ts';
import { migrateDatabase } from '../sqlite/migrate.ts';
import { BackupError } from './errors.ts';
import { batchSize, withFile } from './file.ts';
import { identities } from './identities.ts';
import { pendingMigrations } from './release.ts';

/** Copies one snapshot of a PostgreSQL database to an empty SQLite file. */
export function copyPostgres(databaseUrl: string, file: string): Promise<void> {
  return withFile(file, (target) => inTransactionOn(databaseUrl, (client) => copyAll(client, target)));
}

async function copyAll(client: pg.Client, target: DatabaseSync): Promise<void> {
  await mapErrors(client.query('set transaction isolation level repeatable read, read only'));
  await refuseOtherRelease(client);
  await migrateDatabase(target);
  target.exec('pragma foreign_keys = off; begin');
  for (const table of tableNames) await copyTable(client, target, table);
  for (const { table, last } of await identities(client)) {
    target.prepare('delete from sqlite_sequence where name = ?').run(table);
    target.prepare('insert into sqlite_sequence (name, seq) values (?, ?)').run(table, last);
  }
  target.exec('commit');
}

/** The copy has the tables of this release, so the source must have them too. */
async function refuseOtherRelease(client: pg.Client): Promise<void> {
  const table = await mapErrors(client.query("select to_regclass('migrations') is not null as present"));
  if (!table.rows[0]?.present) throw new BackupError('There is nothing of this program in the database.');
  const { rows } = await mapErrors(client.query('select name from migrations order by name'));
  if (pendingMigrations(rows).length > 0) {
    throw new BackupError(
      'The database is of an older release: back it up with that one, or run insiders migrate first.',
    );
  }
}

async function copyTable(client: pg.Client, target: DatabaseSync, table: TableName): Promise<void> {
  if (stateOf(table).replacedByRestore) target.exec(`delete from ${table}`);
  const columns = target.prepare(`select * from ${table}`).columns();
  const insert = target.prepare(`insert into ${table} values (${columns.map(() => '?')})`);
  const names = columns.map(({ name }) => `"${name}"`);
  await mapErrors(client.query(`declare batch no scroll cursor for select ${names} from ${table}`));
  for (;;) {
    const { rows } = await mapErrors(client.query({ text: `fetch ${batchSize} from batch`, rowMode: 'array' }));
    if (rows.length === 0) break;
    for (const row of rows as (string | number | null)[][]) insert.run(...row);
  }
  await mapErrors(client.query('close batch'));
}
