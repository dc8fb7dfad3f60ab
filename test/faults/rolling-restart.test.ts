import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { buildOnce } from '../cli/run.ts';
import { openStoreWithKeys } from '../support/database/keyed-store.ts';
import { newPostgresLocation, newSqliteLocation, type StoreLocation } from '../support/database/stores.ts';
import { type RoundRobin, roundRobin } from '../support/network/round-robin.ts';
import { callApi, logInByPassword, refresh, type Tokens, tokensOf } from '../support/oauth.ts';
import { type ServerProcess, serve } from '../support/processes/insiders.ts';
import { newApplication, newUser, type TestApplication, type TestUser } from '../support/site/fixtures.ts';
import { dataOptionsOf, settingsFor } from '../support/site/site.ts';

describe.each([
  ['SQLite directory', newSqliteLocation],
  ['PostgreSQL database', newPostgresLocation],
] as const)('two nodes on one %s, behind a proxy that checks /readyz', (_name, newPlace) => {
  let place: StoreLocation;
  let environment: Record<string, string>;
  let nodes: ServerProcess[];
  let proxy: RoundRobin;
  let application: TestApplication;
  let person: TestUser;

  const start = (port?: number) =>
    serve(dataOptionsOf(place), { environment, ...(port === undefined ? {} : { port }) });

  beforeAll(async () => {
    buildOnce();
    place = await newPlace();
    const { secretKeys } = await settingsFor(place);
    environment = {
      INSIDERS_LOG_LEVEL: 'error',
      INSIDERS_DRAIN_SECONDS: '1',
      ...(secretKeys ? { INSIDERS_SECRET_KEYS: secretKeys } : {}),
    };
    nodes = await Promise.all([start(), start()]);
    const store = await openStoreWithKeys(loadConfig({}, { ...place.options, secretKeys }));
    application = await newApplication({ store }, { grantType: 'password' });
    person = await newUser({ store });
    await store.close();
    proxy = await roundRobin(nodes.map(({ url }) => url));
  }, 120_000);
  afterAll(async () => {
    await proxy.close();
    await Promise.all(nodes.map((node) => node.kill()));
    await place.remove();
  });

  it('lose no request while they are restarted one after the other', async () => {
    const tokens = tokensOf(await logInByPassword(proxy, application, person));
    const load = startLoad(proxy, application, tokens);
    for (const [index, node] of nodes.entries()) {
      const before = load.outcomes.length;
      expect(await node.stop()).toBe(0);
      nodes[index] = await start(Number(new URL(node.url).port));
      await expect.poll(() => proxy.sendsTo(node.url)).toBe(true);
      expect(load.outcomes.length).toBeGreaterThan(before + 20);
    }
    await load.stop();
    expect(load.outcomes.filter((outcome) => outcome !== 200)).toEqual([]);
  });
});

/** Four clients that send requests without a pause: an API call, a refresh and a page in turn. */
function startLoad(site: { readonly url: string }, application: TestApplication, tokens: Tokens) {
  const outcomes: number[] = [];
  let stopped = false;
  const sendRequests = async () => {
    while (!stopped) {
      outcomes.push((await callApi(site, tokens.access_token)).status);
      outcomes.push((await refresh(site, application, tokens.refresh_token)).status);
      outcomes.push((await fetch(`${site.url}/login/`)).status);
    }
  };
  const clients = Promise.all(Array.from({ length: 4 }, sendRequests));
  return {
    outcomes,
    stop: async () => {
      stopped = true;
      await clients;
    },
  };
}
