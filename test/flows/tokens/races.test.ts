import { describe, expect, it } from 'vitest';
import {
  callApi,
  type EndpointResponse,
  obtainCode,
  obtainTokens,
  redeem,
  refresh,
  revoke,
  tokensOf,
} from '../../support/oauth.ts';
import { newApplication, newDevice, newUser, uniqueText } from '../../support/site/fixtures.ts';
import { formTo, HttpBrowser } from '../../support/site/http-browser.ts';
import { onEachEngine, type TestServer } from '../../support/site/site.ts';

const fifty = Array.from({ length: 50 }, (_, index) => index);

onEachEngine(suite, {
  // All fifty requests come from one network, which may fill a quarter of the queue.
  passwordQueue: '200',
});

function suite(site: TestServer): void {
  describe('fifty concurrent requests', () => {
    it('redeem one code: one gets tokens, the rest invalid_grant, and the replay revokes the tokens', async () => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newUser(site));
      const responses = await Promise.all(fifty.map(() => redeem(site, application, code)));
      const won = responses.filter((response) => response.status === 200);
      expect(won).toHaveLength(1);
      for (const response of responses.filter((each) => each.status !== 200)) {
        expect([response.status, response.body.error]).toEqual([400, 'invalid_grant']);
      }
      for (const response of won) {
        expect((await callApi(site, tokensOf(response).access_token)).status).toBe(401);
        expect((await refresh(site, application, tokensOf(response).refresh_token)).status).toBe(400);
      }
    });

    it('refresh with one stable token: all get an active access token, and one revocation revokes them', async () => {
      const application = await newApplication(site);
      const first = await obtainTokens(site, application, await newUser(site));
      const responses = await Promise.all(fifty.map(() => refresh(site, application, first.refresh_token)));
      const all = responses.map(tokensOf);
      expect(new Set(all.map((tokens) => tokens.refresh_token))).toEqual(new Set([first.refresh_token]));
      expect(new Set(all.map((tokens) => tokens.access_token)).size).toBe(50);
      expect(await statusesOf(all)).toEqual([200]);
      await revoke(site, application, first.refresh_token);
      expect(await statusesOf(all)).toEqual([401]);
    });

    it('refresh with one rotating token: all get the same successor', async () => {
      const application = await newApplication(site, { refreshPolicy: 'rotate' });
      const first = await obtainTokens(site, application, await newUser(site));
      const responses = await Promise.all(fifty.map(() => refresh(site, application, first.refresh_token)));
      const all = responses.map(tokensOf);
      const successors = new Set(all.map((tokens) => tokens.refresh_token));
      expect(successors.size).toBe(1);
      expect(successors.has(first.refresh_token)).toBe(false);
      expect(await statusesOf(all)).toEqual([200]);
      const [successor = ''] = successors;
      expect((await refresh(site, application, successor)).status).toBe(200);
    });

    it('sign up with one address: one account is created, and one browser is logged in', async () => {
      const email = `race.${uniqueText()}@club.example`;
      const fields = { first_name: 'Nina', last_name: 'Neu', email, password: 'three words together' };
      const browsers = await Promise.all(
        fifty.map(async () => {
          const browser = new HttpBrowser(site.url);
          const { csrf } = formTo(await browser.open('/signup/'), '/signup/').fields;
          return { browser, csrf };
        }),
      );
      const before = await site.store.users.count();
      const pages = await Promise.all(
        browsers.map(({ browser, csrf }) => browser.post('/signup/', { ...fields, csrf })),
      );
      expect(await site.store.users.count()).toBe(before + 1);
      expect(pages.filter((page) => page.status === 303)).toHaveLength(1);
      expect(pages.filter((page) => page.status === 400)).toHaveLength(49);
      expect(browsers.filter(({ browser }) => browser.cookies.has('insiders_session'))).toHaveLength(1);
    });

    it('take one device: one user owns it', async () => {
      const application = await newApplication(site);
      const device = await newDevice(site, null);
      const people = [await newUser(site), await newUser(site)] as const;
      const tokens = await Promise.all(people.map((person) => obtainTokens(site, application, person)));
      const responses = await Promise.all(
        fifty.map((index) =>
          fetch(`${site.url}/api/v1/devices/take-ownership/`, {
            method: 'POST',
            headers: {
              authorization: `Bearer ${tokens[index % 2]?.access_token}`,
              'content-type': 'application/json',
            },
            body: JSON.stringify({ serial_number: device.serialNumber, device_name: device.deviceName }),
          }).then(async (response) => {
            await response.body?.cancel();
            return response.status;
          }),
        ),
      );
      expect(responses.filter((status) => status >= 500)).toEqual([]);
      const counts = await Promise.all(tokens.map(async (each) => (await callApi(site, each.access_token)).body.count));
      expect(counts.toSorted()).toEqual([0, 1]);
    });
  });

  it('a revocation during refreshes leaves no active token', async () => {
    const application = await newApplication(site);
    const first = await obtainTokens(site, application, await newUser(site));
    const [revoked, ...responses] = await Promise.all([
      revoke(site, application, first.refresh_token),
      ...fifty.map(() => refresh(site, application, first.refresh_token)),
    ]);
    expect(revoked?.status).toBe(200);
    expect(responses.filter((response) => ![200, 400].includes(response.status))).toEqual([]);
    const issued = responses.filter((response: EndpointResponse) => response.status === 200).map(tokensOf);
    expect(await statusesOf([first, ...issued])).toEqual([401]);
  });

  /** The different statuses that the access tokens get at the API. */
  async function statusesOf(all: readonly { readonly access_token: string }[]): Promise<readonly number[]> {
    const responses = await Promise.all(all.map((tokens) => callApi(site, tokens.access_token)));
    return [...new Set(responses.map((response) => response.status))];
  }
}
