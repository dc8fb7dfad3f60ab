import { describe, expect, it } from 'vitest';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { rawRequest, sendRaw } from '../../support/network/raw-http.ts';
import { callApi, logInByPassword, readResponse, tokensOf } from '../../support/oauth.ts';
import { newApplication, newDevice, newUser } from '../../support/site/fixtures.ts';
import { onEachEngine } from '../../support/site/site.ts';
import { advanceClock } from '../../support/site/time.ts';

const devices = '/api/v1/devices/';

onEachEngine((site) => {
  async function setUp() {
    const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
    const { access_token } = tokensOf(await logInByPassword(site, application, person));
    return { application, person, token: access_token };
  }

  const send = async (authorization: string | undefined, path = devices) =>
    readResponse(
      await fetch(site.url + path, {
        headers: authorization === undefined ? {} : { authorization },
        redirect: 'manual',
      }),
    );

  describe('an access token', () => {
    it.each(['Bearer', 'bearer', 'BEARER'])(
      'is accepted in the Authorization header, with the scheme %s',
      async (scheme) => {
        const { token } = await setUp();
        const response = await send(`${scheme} ${token}`);
        expect([response.status, response.body.count]).toEqual([200, 0]);
        expect(response.headers.get('cache-control')).toBe('no-store');
        expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      },
    );

    it('is accepted with the JSON content type that some clients send with a GET', async () => {
      const { token } = await setUp();
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'text/html' };
      const response = await fetch(site.url + devices, { headers }).then(readResponse);
      expect([response.status, response.body.count]).toEqual([200, 0]);
    });

    it('is accepted until it expires', async () => {
      const { token } = await setUp();
      advanceClock(36_000 - 10);
      expect((await send(`Bearer ${token}`)).status).toBe(200);
      advanceClock(10);
      const response = await send(`Bearer ${token}`);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
    });

    it('gives access to the current and earlier devices of its user only', async () => {
      const { person, token } = await setUp();
      const [own, earlier] = [await newDevice(site, person), await newDevice(site, person)];
      const foreign = await newDevice(site, await newUser(site));
      await site.store.devices.release({ userId: person.id, deviceId: earlier.id, now: Date.now() + 1 });
      advanceClock(1);
      const count = async (query: string) => (await callApi(site, token, `${devices}${query}`)).body.count;
      for (const yes of ['True', 'true', '1']) expect(await count(`?current=${yes}`)).toBe(1);
      for (const no of ['False', 'false', '0']) expect(await count(`?current=${no}`)).toBe(1);
      expect(await count('')).toBe(2);
      expect(await count(`?serial_number=${foreign.serialNumber}`)).toBe(0);
      expect(await count('?owner=1&user_id=1&__proto__=x')).toBe(2);
      expect((await callApi(site, token, `${devices}${own.id}/`)).status).toBe(200);
      expect((await callApi(site, token, `${devices}${foreign.id}/`)).status).toBe(404);
    });
  });

  describe('without a valid access token the API', () => {
    it('returns the scheme without an error when nothing was sent', async () => {
      const response = await send(undefined);
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="insiders"']);
      expect(Object.keys(response.body)).toEqual(['detail', 'code']);
    });

    it.each([
      'Bearer',
      'Bearer null',
      'Bearer undefined',
      'Bearer a b',
      'Bearer x,y',
      'Bearer\tx',
      'bearerx',
      'Bearer "x"',
      'Bearer x\\"y',
      'Bearer é',
      'Basic YTpi',
      'Token x',
      ', Bearer x',
    ])('returns 401 in JSON for %j', async (authorization) => {
      const bytes = rawRequest(`GET ${devices}`, [`Authorization: ${authorization}`]);
      const response = await sendRaw(site.url, bytes);
      expect(response.status).toBe(401);
      expect(response.head).toMatch(/\r\nwww-authenticate: Bearer realm="insiders", error="invalid_token"/i);
      expect(response.head).toMatch(/\r\ncontent-type: application\/json/i);
      expect(response.head.toLowerCase()).not.toContain('location:');
    });

    it('refuses a token that was changed, cut or extended', async () => {
      const { token } = await setUp();
      const wrong = [
        token.slice(0, -1),
        `${token}A`,
        `${token}=`,
        token.toLowerCase(),
        token.slice('insiders_at_'.length),
        ...[20, 40, 60, 90, token.length - 1].map((at) => flip(token, at)),
      ];
      for (const text of wrong) {
        const response = await send(`Bearer ${text}`);
        expect([text, response.status, response.body.code]).toEqual([text, 401, 'invalid_token']);
      }
    });

    it('does not read a token from the query or the body', async () => {
      const { token } = await setUp();
      expect((await send(undefined, `${devices}?access_token=${token}`)).status).toBe(401);
      const response = await fetch(`${site.url}${devices}take-ownership/`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ access_token: token }),
      });
      expect(response.status).toBe(401);
      await response.body?.cancel();
    });

    it('refuses two tokens', async () => {
      const { token } = await setUp();
      const lines = [`Authorization: Bearer ${token}`, 'Authorization: Bearer other'];
      for (const both of [lines, lines.toReversed()]) {
        const response = await sendRaw(site.url, rawRequest(`GET ${devices}`, both));
        expect([400, 401]).toContain(response.status);
      }
    });

    it('refuses a conditional request too', async () => {
      const headers = { authorization: 'Bearer x', 'if-none-match': '*' };
      const response = await fetch(site.url + devices, { headers });
      expect(response.status).toBe(401);
      await response.body?.cancel();
    });

    it('refuses tokens of a disabled user and of a suspended application', async () => {
      const [one, other] = [await setUp(), await setUp()];
      await site.store.users.setDisabled(one.person.id, Date.now(), testChangeRecord);
      await site.store.applications.setStatus(other.application.clientId, 'suspended', testChangeRecord);
      for (const { token } of [one, other]) {
        const response = await send(`Bearer ${token}`);
        expect([response.status, response.body.code]).toEqual([401, 'invalid_token']);
      }
    });
  });
});

/** The token with one character replaced by one that differs in a bit that is decoded. */
function flip(text: string, at: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const other = alphabet[(alphabet.indexOf(text[at] ?? 'A') + 16) % 64];
  return text.slice(0, at) + other + text.slice(at + 1);
}
