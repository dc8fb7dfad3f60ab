import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import { loadConfig, type Overrides } from '../../src/config/load.ts';
import { type RunningServer, startServer } from '../../src/main.ts';
import type { Store } from '../../src/ports/store/index.ts';
import { openStore } from '../../src/storage/open.ts';
import { freePort } from './ports.ts';
import { expectNoSecrets } from './secrets.ts';
import { newDatabase, newDirectory, type Place } from './stores.ts';

/**
 * A running server on a database of its own, and a second handle on that database, for what a test prepares and looks
 * at. `url` and `store` are there between `start` and `stop`.
 */
export class Site {
  readonly place: () => Promise<Place>;
  readonly settings: Overrides;
  #running:
    | { readonly server: RunningServer; readonly store: Store; readonly place: Place; readonly port: string }
    | undefined;

  constructor(place: () => Promise<Place>, settings: Overrides = {}) {
    this.place = place;
    this.settings = settings;
  }

  async start(): Promise<void> {
    const place = await this.place();
    const settings = await settingsFor(place);
    const server = await startServer(loadConfig({}, { ...settings, ...this.settings }));
    this.#running = { server, place, port: settings.port, store: await openStore(place.options) };
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

  /** Its public URL, which is where it listens unless the settings of the suite say otherwise. */
  get url(): string {
    return this.#now().server.url;
  }

  get listensAt(): string {
    return `http://127.0.0.1:${this.#now().port}`;
  }

  get store(): Store {
    return this.#now().store;
  }

  /** Where the data is. */
  get options(): Place['options'] {
    return this.#now().place.options;
  }

  /** Where the data is, as the command line wants to be told. */
  get dataOptions(): readonly string[] {
    return dataOptionsOf(this.#now().place);
  }

  #now() {
    if (this.#running === undefined) throw new Error('The server of this suite is not running now');
    return this.#running;
  }
}

/** A site on SQLite that is not bound to a suite; whoever starts it stops it. */
export function newSite(settings: Overrides = {}): Site {
  return new Site(newDirectory, settings);
}

/** Repeats a suite on a server with SQLite and on one with PostgreSQL. */
export function onEachSite(suite: (site: Site) => void, settings: Overrides = {}): void {
  for (const [name, place] of [
    ['SQLite', newDirectory],
    ['PostgreSQL', newDatabase],
  ] as const) {
    describe(`on ${name}`, () => {
      const site = new Site(place, settings);
      beforeAll(() => site.start());
      afterAll(() => site.stop());
      suite(site);
    });
  }
}

/** What a server on this place needs to be told; the log says only what should never happen. */
export async function settingsFor({ options }: Place): Promise<Overrides & { readonly port: string }> {
  const port = String(await freePort());
  const where =
    'dataDir' in options
      ? { dataDir: options.dataDir }
      : { databaseUrl: options.databaseUrl, secretKeys: `0:${randomBytes(32).toString('base64url')}` };
  return { port, logLevel: 'error', ...where };
}

export function dataOptionsOf({ options }: Place): readonly string[] {
  return 'dataDir' in options ? ['--data-dir', options.dataDir] : ['--database-url', options.databaseUrl];
}
