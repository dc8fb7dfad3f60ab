/** Servers of the product in the process of the tests, each on a database of its own. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import { loadConfig, type Overrides } from '../../../src/config/load.ts';
import { type RunningServer, startServer } from '../../../src/main.ts';
import type { Store } from '../../../src/ports/store/index.ts';
import { openStoreWithKeys } from '../database/keyed-store.ts';
import { newPostgresLocation, newSqliteLocation, type StoreLocation } from '../database/stores.ts';
import { freePort } from '../processes/ports.ts';
import { expectNoSecrets } from './secrets.ts';

/**
 * A server on a database of its own, and a second store on that database, with which tests prepare and check data. The
 * getters can be used between `start` and `stop`.
 */
export class TestServer {
  readonly place: () => Promise<StoreLocation>;
  readonly settings: Overrides;
  #running:
    | {
        readonly server: RunningServer;
        readonly store: Store;
        readonly place: StoreLocation;
        readonly port: string;
        readonly secretKeys: string | null;
      }
    | undefined;

  constructor(place: () => Promise<StoreLocation>, settings: Overrides = {}) {
    this.place = place;
    this.settings = settings;
  }

  async start(): Promise<void> {
    const place = await this.place();
    const settings = await settingsFor(place);
    const config = loadConfig({}, { ...settings, ...this.settings });
    const server = await startServer(config);
    const store = await openStoreWithKeys(config);
    this.#running = { server, place, port: settings.port, store, secretKeys: config.secretKeys };
  }

  async stop(): Promise<void> {
    if (this.#running === undefined) return;
    const { server, store, place } = this.#running;
    this.#running = undefined;
    await server.close();
    await store.close();
    try {
      await expectNoSecrets(place.options);
    } finally {
      await place.remove();
    }
  }

  /** The public URL. It is the address where the server listens, unless the settings have another `publicUrl`. */
  get url(): string {
    return this.#current().server.url;
  }

  /** The address where the server listens. */
  get listensAt(): string {
    return `http://127.0.0.1:${this.#current().port}`;
  }

  get store(): Store {
    return this.#current().store;
  }

  /** The location of its data. */
  get options(): StoreLocation['options'] {
    return this.#current().place.options;
  }

  /** The location of its data as options of the command line. */
  get dataOptions(): readonly string[] {
    return dataOptionsOf(this.#current().place);
  }

  /** The environment of commands, which need the ring of keys to change something. */
  get commandEnvironment(): Readonly<Record<string, string>> {
    const { secretKeys } = this.#current();
    return secretKeys === null ? {} : { INSIDERS_SECRET_KEYS: secretKeys };
  }

  #current() {
    if (this.#running === undefined) throw new Error('The server of this suite is not running');
    return this.#running;
  }
}

/** A site on SQLite. The test starts and stops it. */
export function newTestServer(settings: Overrides = {}): TestServer {
  return new TestServer(newSqliteLocation, settings);
}

/** Runs a suite twice: on a server with SQLite, and on one with PostgreSQL. */
export function onEachEngine(suite: (site: TestServer) => void, settings: Overrides = {}): void {
  for (const [name, place] of [
    ['SQLite', newSqliteLocation],
    ['PostgreSQL', newPostgresLocation],
  ] as const) {
    describe(`on ${name}`, () => {
      const site = new TestServer(place, settings);
      beforeAll(() => site.start());
      afterAll(() => site.stop());
      suite(site);
    });
  }
}

/** The settings of a server for this location: a free port, and a log of errors only. */
export async function settingsFor({ options }: StoreLocation): Promise<Overrides & { readonly port: string }> {
  const port = String(await freePort());
  const where =
    'dataDir' in options
      ? { dataDir: options.dataDir }
      : { databaseUrl: options.databaseUrl, secretKeys: `0:${randomBytes(32).toString('base64url')}` };
  return { port, logLevel: 'error', ...where };
}

/** A location as options of the command line. */
export function dataOptionsOf({ options }: StoreLocation): readonly string[] {
  return 'dataDir' in options ? ['--data-dir', options.dataDir] : ['--database-url', options.databaseUrl];
}
