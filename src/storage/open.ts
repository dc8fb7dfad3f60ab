import type { Store } from '../ports/store/index.ts';
import type { Engine } from './core/engine.ts';
import { storeOn } from './store.ts';

/** Where the state is kept: in a directory of this machine (SQLite), or in a PostgreSQL database, `postgres://…`. */
export type StoreOptions = { readonly dataDir: string } | { readonly databaseUrl: string };

/** Where a configuration says that the state is. */
export function storeLocationOf(config: {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
}): StoreOptions {
  return config.databaseUrl === null ? { dataDir: config.dataDir } : { databaseUrl: config.databaseUrl };
}

/**
 * Opens the store, and makes or upgrades what is missing in it first. Any number of processes may do so at once.
 * @throws {StoreUnavailable} the database can't be reached or used
 * @throws {UnsupportedDatabase} a connection pooler in front of it does not keep a session together
 * @throws {Error} the database belongs to a newer release
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { engine } = await open(options);
  return storeOn(engine);
}

/** Makes or upgrades what is missing. @returns the names of the migrations that were applied */
export async function migrate(options: StoreOptions): Promise<readonly string[]> {
  const { engine, migrated } = await open(options);
  await engine.close();
  return migrated;
}

/** Only the one that is used is loaded. */
async function open(options: StoreOptions): Promise<{ engine: Engine; migrated: readonly string[] }> {
  if ('dataDir' in options) return (await import('./sqlite/engine.ts')).openSqlite(options.dataDir);
  return (await import('./postgres/engine.ts')).openPostgres(options.databaseUrl);
}
