import type { Store } from '../ports/store/index.ts';
import type { Engine } from './core/engine.ts';
import { storeOn } from './store.ts';

/** Where the state is stored: a directory of this machine (SQLite), or a PostgreSQL database, `postgres://…`. */
export type StoreOptions = { readonly dataDir: string } | { readonly databaseUrl: string };

/** The location of a configuration's state: the data directory, unless there is a `databaseUrl`. */
export function storeLocationOf(config: {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
}): StoreOptions {
  return config.databaseUrl === null ? { dataDir: config.dataDir } : { databaseUrl: config.databaseUrl };
}

/**
 * Applies the pending migrations, and opens the store. Any number of processes may do so at once.
 * @throws {StoreUnavailable} the database can't be reached or used
 * @throws {UnsupportedDatabase} a connection pooler in front of it shares connections between transactions
 * @throws {Error} the database belongs to a newer release
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { engine } = await open(options);
  return storeOn(engine);
}

/**
 * Applies the pending migrations.
 * @returns the names of the migrations that were applied
 * @throws as {@link openStore}
 */
export async function migrate(options: StoreOptions): Promise<readonly string[]> {
  const { engine, migrated } = await open(options);
  await engine.close();
  return migrated;
}

/** Loads only the engine that is used. */
async function open(options: StoreOptions): Promise<{ engine: Engine; migrated: readonly string[] }> {
  if ('dataDir' in options) return (await import('./sqlite/engine.ts')).openSqlite(options.dataDir);
  return (await import('./postgres/engine.ts')).openPostgres(options.databaseUrl);
}
