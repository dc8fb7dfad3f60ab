import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { migrations } from './migrations/index.ts';
import type { StoreOptions } from './open.ts';
import { databaseFile } from './sqlite/engine.ts';
import { asStoreError, isDamaged } from './sqlite/errors.ts';

/**
 * What a location holds. `nothing`: no database of this program; `damaged`: a file that is no database, or is corrupt;
 * `schema`: a database, with the names of the migrations of this release that are `missing`, and of those that only a
 * `newer` release knows.
 */
export type Inspection =
  | { readonly found: 'nothing' }
  | { readonly found: 'damaged' }
  | { readonly found: 'schema'; readonly missing: readonly string[]; readonly newer: readonly string[] };

/**
 * Reads which migrations a location has, without creating or changing anything.
 * @throws {StoreUnavailable} it can't be reached or read
 */
export async function inspect(location: StoreOptions): Promise<Inspection> {
  return 'dataDir' in location ? inspectSqlite(location.dataDir) : inspectPostgres(location.databaseUrl);
}

function inspectSqlite(dataDir: string): Inspection {
  const file = databaseFile(dataDir);
  if (!existsSync(file)) return { found: 'nothing' };
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
    const table = database.prepare("select 1 from sqlite_master where name = 'migrations'").get();
    return table === undefined ? { found: 'nothing' } : compare(database.prepare('select name from migrations').all());
  } catch (error) {
    if (isDamaged(error)) return { found: 'damaged' };
    throw asStoreError(error);
  } finally {
    database?.close();
  }
}

async function inspectPostgres(databaseUrl: string): Promise<Inspection> {
  const { inTransactionOn } = await import('./postgres/engine.ts');
  const { mapErrors } = await import('./postgres/errors.ts');
  return inTransactionOn(databaseUrl, async (client) => {
    await mapErrors(client.query('set transaction read only'));
    const table = await mapErrors(client.query("select to_regclass('migrations') is not null as present"));
    if (!table.rows[0]?.present) return { found: 'nothing' };
    return compare((await mapErrors(client.query('select name from migrations'))).rows);
  });
}

function compare(rows: readonly { readonly name?: unknown }[]): Inspection {
  const applied = rows.map(({ name }) => String(name));
  const known = migrations.map(({ name }) => name);
  return {
    found: 'schema',
    missing: known.filter((name) => !applied.includes(name)),
    newer: applied.filter((name) => !known.includes(name)),
  };
}
