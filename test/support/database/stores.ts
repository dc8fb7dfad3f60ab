/** Empty stores on both engines. */
import { rmSync } from 'node:fs';
import { afterAll, describe } from 'vitest';
import type { Store } from '../../../src/ports/store/index.ts';
import { openStore, type StoreOptions } from '../../../src/storage/open.ts';
import { newTemporaryDirectory } from '../processes/cleanup.ts';
import { createSchema } from './postgres.ts';

/** An empty location for a store. Its stores must be closed before it is removed. */
export interface StoreLocation {
  readonly options: StoreOptions;
  remove(): Promise<void>;
}

/** A location for SQLite: a temporary directory. */
export async function newSqliteLocation(): Promise<StoreLocation & { readonly options: { readonly dataDir: string } }> {
  const dataDir = newTemporaryDirectory('store');
  return { options: { dataDir }, remove: async () => rmSync(dataDir, { recursive: true, force: true }) };
}

/** A location on PostgreSQL: a schema, which is deleted with the server. */
export async function newPostgresLocation(): Promise<StoreLocation> {
  return { options: { databaseUrl: await createSchema() }, remove: async () => {} };
}

/**
 * Runs a suite on each engine. `open` opens a store on an empty database, in a test or in a hook. The store is closed
 * and its data removed after the suite.
 */
export function forEachStore(suite: (name: string, open: () => Promise<Store>) => void): void {
  for (const [name, newPlace] of [
    ['SQLite', newSqliteLocation],
    ['PostgreSQL', newPostgresLocation],
  ] as const) {
    describe(`on ${name}`, () => {
      const cleanups: (() => Promise<void>)[] = [];
      afterAll(async () => {
        for (const clean of cleanups) await clean();
      });
      suite(name, async () => {
        const place = await newPlace();
        const store = await openStore(place.options);
        cleanups.push(async () => {
          await store.close();
          await place.remove();
        });
        return store;
      });
    });
  }
}
