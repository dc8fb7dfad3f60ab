import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import type { Store } from '../../src/ports/store/index.ts';
import { buildOnce } from '../cli/run.ts';
import { openStoreWithKeys } from '../support/database/keyed-store.ts';
import { newPostgresLocation, newSqliteLocation, type StoreLocation } from '../support/database/stores.ts';
import {
  authorizeUrl,
  callApi,
  callbackOf,
  obtainCode,
  obtainTokens,
  redeem,
  refresh,
  revoke,
  tokensOf,
} from '../support/oauth.ts';
import { type ServerProcess, serve } from '../support/processes/insiders.ts';
import { newApplication, newDevice, newUser } from '../support/site/fixtures.ts';
import { HttpBrowser } from '../support/site/http-browser.ts';
import { dataOptionsOf, settingsFor } from '../support/site/site.ts';

/** Twenty parallel requests, half of them to each server, have the same outcomes as with one server. */
describe.each([
  ['SQLite directory', newSqliteLocation],
  ['PostgreSQL database', newPostgresLocation],
] as const)('two servers on one %s', (_name, newPlace) => {
  let place: StoreLocation;
  let store: Store;
  let servers: readonly [ServerProcess, ServerProcess];

  beforeAll(async () => {
    buildOnce();
    place = await newPlace();
    const { secretKeys } = await settingsFor(place);
    const environment = { INSIDERS_LOG_LEVEL: 'error', ...(secretKeys ? { INSIDERS_SECRET_KEYS: secretKeys } : {}) };
    const start = () => serve(dataOptionsOf(place), { environment });
    // Both start at the same time, on an empty location.
    servers = await Promise.all([start(), start()]);
    store = await openStoreWithKeys(loadConfig({}, { ...place.options, secretKeys }));
  }, 120_000);
  afterAll(async () => {
    await store.close();
    expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0]);
    for (const { output } of servers) expect(output.stderr).toBe('');
    await place.remove();
  });

  function twenty<T>(send: (server: ServerProcess, index: number) => Promise<T>): Promise<readonly T[]> {
    return Promise.all(Array.from({ length: 20 }, (_, index) => send(servers[index % 2 === 0 ? 0 : 1], index)));
  }

  it('issue tokens for a code once, and revoke them because the code was replayed', async () => {
    const application = await newApplication({ store });
    const code = await obtainCode(servers[0], application, await newUser({ store }));
    const responses = await twenty((server) => redeem(server, application, code));
    const won = responses.filter((response) => response.status === 200);
    expect(won).toHaveLength(1);
    for (const response of responses.filter(({ status }) => status !== 200)) {
      expect([response.status, response.body.error]).toEqual([400, 'invalid_grant']);
    }
    for (const server of servers) {
      for (const response of won) expect((await callApi(server, tokensOf(response).access_token)).status).toBe(401);
    }
  });

  it('rotate a refresh token to one successor, which both accept', async () => {
    const application = await newApplication({ store }, { refreshPolicy: 'rotate' });
    const first = await obtainTokens(servers[1], application, await newUser({ store }));
    const all = (await twenty((server) => refresh(server, application, first.refresh_token))).map(tokensOf);
    const successors = new Set(all.map((tokens) => tokens.refresh_token));
    expect(successors.size).toBe(1);
    expect(successors).not.toContain(first.refresh_token);
    for (const { access_token } of all) {
      for (const server of servers) expect((await callApi(server, access_token)).status).toBe(200);
    }
    const [successor = ''] = successors;
    expect(await revoke(servers[0], application, successor)).toMatchObject({ status: 200 });
    for (const server of servers) {
      expect((await refresh(server, application, successor)).body.error).toBe('invalid_grant');
      expect((await callApi(server, first.access_token)).status).toBe(401);
    }
  });

  it('give a device one owner', async () => {
    const application = await newApplication({ store });
    const device = await newDevice({ store }, null);
    const people = [await newUser({ store }), await newUser({ store })] as const;
    const tokens = [
      await obtainTokens(servers[0], application, people[0]),
      await obtainTokens(servers[1], application, people[1]),
    ] as const;
    const statuses = await twenty(async (server, index) => {
      // Each person sends requests to both servers.
      const { access_token } = tokens[index % 4 < 2 ? 0 : 1];
      const response = await fetch(`${server.url}/api/v1/devices/take-ownership/`, {
        method: 'POST',
        headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ serial_number: device.serialNumber, device_name: device.deviceName }),
      });
      await response.body?.cancel();
      return response.status;
    });
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
    for (const server of servers) {
      const counts = [];
      for (const { access_token } of tokens) counts.push((await callApi(server, access_token)).body.count);
      expect(counts.toSorted()).toEqual([0, 1]);
    }
  });

  it('accept one decision about an authorization request', async () => {
    const [application, person] = [await newApplication({ store }), await newUser({ store })];
    const browser = new HttpBrowser(servers[0].url);
    await browser.logIn(person);
    const page = await browser.open(authorizeUrl(application));
    const otherBrowser = new HttpBrowser(servers[1].url);
    for (const [name, value] of browser.cookies) otherBrowser.cookies.set(name, value);
    const pages = await twenty((server) =>
      (server === servers[0] ? browser : otherBrowser).press(page, '/oauth2/authorize/', { decision: 'authorize' }),
    );
    const redirects = pages.filter((each) => each.status === 303);
    expect(redirects.map((each) => callbackOf(each).has('code'))).toEqual([true]);
    expect(pages.filter((each) => each.status === 410)).toHaveLength(19);
  });
});
