import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import type { Store } from '../../src/ports/store/index.ts';
import { openStoreWithKeys } from '../support/database/keyed-store.ts';
import { newPostgresLocation, newSqliteLocation, type StoreLocation } from '../support/database/stores.ts';
import { codeFor, redeem } from '../support/oauth.ts';
import { type ServerProcess, serve } from '../support/processes/insiders.ts';
import { newApplication, newUser, type TestApplication, type TestUser, uniqueText } from '../support/site/fixtures.ts';
import { HttpBrowser, type Page } from '../support/site/http-browser.ts';
import { dataOptionsOf, settingsFor } from '../support/site/site.ts';

/** How often the server is killed after each change; `ROUNDS=20` for the long run. */
const rounds = Number(process.env.ROUNDS ?? 2);

/** A change that the server acknowledges, and the action of its entry in the audit log. */
interface Change {
  readonly action: string;
  /** Sends all requests before the one that makes the change. */
  readonly prepare: (server: ServerProcess, person: TestUser, application: TestApplication) => Promise<LastRequest>;
}

/** Resolves when the server has acknowledged the change. */
type LastRequest = () => Promise<void>;

const changes: readonly Change[] = [
  {
    action: 'user.signed_up',
    prepare: async (server) => {
      const browser = new HttpBrowser(server.url);
      const page = await browser.open('/signup/');
      const email = `nina.${uniqueText()}@club.example`;
      const fields = { first_name: 'Nina', last_name: 'Neu', email, password: `correct horse ${uniqueText()}` };
      return async () => expectStatus(303, await browser.press(page, '/signup/', fields));
    },
  },
  {
    action: 'user.password_changed',
    prepare: async (server, person) => {
      const browser = await loggedIn(server, person);
      const page = await browser.open('/account/password/');
      const fields = { current_password: person.password, new_password: `quite another ${uniqueText()}` };
      return async () => expectStatus(200, await browser.press(page, '/account/password/', fields));
    },
  },
  {
    action: 'authorization.disconnected',
    prepare: async (server, person, application) => {
      const browser = await loggedIn(server, person);
      await codeFor(browser, application);
      const path = /href="([^"]*disconnect\/)"/.exec((await browser.open('/account/')).html)?.[1] ?? '';
      const page = await browser.open(path);
      return async () => expectStatus(200, await browser.press(page, path));
    },
  },
  {
    action: 'code.replayed',
    prepare: async (server, person, application) => {
      const code = await codeFor(await loggedIn(server, person), application);
      await redeem(server, application, code);
      return async () => expect((await redeem(server, application, code)).status).toBe(400);
    },
  },
];

describe.each([
  ['SQLite', newSqliteLocation],
  ['PostgreSQL', newPostgresLocation],
] as const)('a server on %s that is killed right after it acknowledged a change', (_name, newPlace) => {
  it.each(changes)(
    `has its entry in the audit log: $action, ${rounds} times`,
    { timeout: rounds * 30_000 },
    async (change) => {
      const place = await newPlace();
      onTestFinished(() => place.remove());
      const { port, secretKeys } = await settingsFor(place);
      const environment = { INSIDERS_LOG_LEVEL: 'error', ...(secretKeys ? { INSIDERS_SECRET_KEYS: secretKeys } : {}) };
      const application = await withStore(place, secretKeys, (store) => newApplication({ store }));
      for (let round = 1; round <= rounds; round += 1) {
        const person = await withStore(place, secretKeys, (store) => newUser({ store }));
        const server = await serve(dataOptionsOf(place), { port: Number(port), environment });
        const send = await change.prepare(server, person, application);
        await send().finally(() => server.kill());
        await withStore(place, secretKeys, async ({ audit }) => {
          const { entries } = await audit.list({ action: change.action, limit: 100 });
          expect([round, entries.length]).toEqual([round, round]);
          expect(await audit.verify()).toMatchObject({ outcome: 'ok' });
        });
      }
    },
  );
});

async function withStore<Result>(
  place: StoreLocation,
  secretKeys: string | undefined,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = await openStoreWithKeys(loadConfig({}, { ...place.options, secretKeys }));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function loggedIn(server: ServerProcess, person: TestUser): Promise<HttpBrowser> {
  const browser = new HttpBrowser(server.url);
  await browser.logIn(person);
  return browser;
}

function expectStatus(status: number, page: Page): void {
  expect([page.url.pathname, page.status]).toEqual([page.url.pathname, status]);
}
