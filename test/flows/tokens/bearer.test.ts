import { describe, expect, it } from 'vitest';
import { aChangeRecord } from '../../support/change-records.ts';
import { callApi, logInByPassword, read, tokensOf } from '../../support/oauth.ts';
import { newApplication, newDevice, newPerson } from '../../support/people.ts';
import { rawRequest, sendRaw } from '../../support/raw.ts';
import { onEachSite } from '../../support/server.ts';
import { later } from '../../support/time.ts';

const devices = '/api/v1/devices/';

onEachSite((site) => {
  async function ready() {
    const [application, person] = [await newApplication(site, { grantType: 'password' }), await newPerson(site)];
    const { access_token } = tokensOf(await logInByPassword(site, application, person));
    return { application, person, token: access_token };
  }

  const send = async (authorization: string | undefined, path = devices) =>
    read(
      await fetch(site.url + path, {
        headers: authorization === undefined ? {} : { authorization },
        redirect: 'manual',
      }),
    );

  describe('an access token', () => {
    it.each(['Bearer', 'bearer', 'BEARER'])(
      'opens the API in the Authorization header, with the scheme %s',
      async (scheme) => {
        const { token } = await ready();
        const answer = await send(`${scheme} ${token}`);
        expect([answer.status, answer.body.count]).toEqual([200, 0]);
        expect(answer.headers.get('cache-control')).toBe('no-store');
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      },
    );

    it('opens it with the JSON content type that some clients send with a GET', async () => {
      const { token } = await ready();
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'text/html' };
      const answer = await fetch(site.url + devices, { headers }).then(read);
      expect([answer.status, answer.body.count]).toEqual([200, 0]);
    });

    it('is good until the moment it expires', async () => {
      const { token } = await ready();
      later(36_000 - 10);
      expect((await send(`Bearer ${token}`)).status).toBe(200);
      later(10);
      const answer = await send(`Bearer ${token}`);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
    });

    it('shows the devices of its user and of nobody else, now and earlier', async () => {
      const { person, token } = await ready();
      const [own, earlier] = [await newDevice(site, person), await newDevice(site, person)];
      const foreign = await newDevice(site, await newPerson(site));
      await site.store.devices.release({ userId: person.id, deviceId: earlier.id, now: Date.now() + 1 });
      later(1);
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

  describe('without a good access token the API', () => {
    it('says which scheme it wants, and nothing of an error when nothing was sent', async () => {
      const answer = await send(undefined);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="insiders"']);
      expect(Object.keys(answer.body)).toEqual(['detail', 'code']);
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
    ])('answers 401 in JSON to %j', async (authorization) => {
      const bytes = rawRequest(`GET ${devices}`, [`Authorization: ${authorization}`]);
      const answer = await sendRaw(site.url, bytes);
      expect(answer.status).toBe(401);
      expect(answer.head).toMatch(/\r\nwww-authenticate: Bearer realm="insiders", error="invalid_token"/i);
      expect(answer.head).toMatch(/\r\ncontent-type: application\/json/i);
      expect(answer.head.toLowerCase()).not.toContain('location:');
    });

    it('does not take one that was changed, cut or extended', async () => {
      const { token } = await ready();
      const wrong = [
        token.slice(0, -1),
        `${token}A`,
        `${token}=`,
        token.toLowerCase(),
        token.slice('insiders_at_'.length),
        ...[20, 40, 60, 90, token.length - 1].map((at) => flip(token, at)),
      ];
      for (const text of wrong) {
        const answer = await send(`Bearer ${text}`);
        expect([text, answer.status, answer.body.code]).toEqual([text, 401, 'invalid_token']);
      }
    });

    it('does not find one in the address or the body', async () => {
      const { token } = await ready();
      expect((await send(undefined, `${devices}?access_token=${token}`)).status).toBe(401);
      const answer = await fetch(`${site.url}${devices}take-ownership/`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ access_token: token }),
      });
      expect(answer.status).toBe(401);
      await answer.body?.cancel();
    });

    it('does not choose between two', async () => {
      const { token } = await ready();
      const lines = [`Authorization: Bearer ${token}`, 'Authorization: Bearer other'];
      for (const both of [lines, lines.toReversed()]) {
        const answer = await sendRaw(site.url, rawRequest(`GET ${devices}`, both));
        expect([400, 401]).toContain(answer.status);
      }
    });

    it('does not answer a conditional request either', async () => {
      const headers = { authorization: 'Bearer x', 'if-none-match': '*' };
      const answer = await fetch(site.url + devices, { headers });
      expect(answer.status).toBe(401);
      await answer.body?.cancel();
    });

    it('refuses those of a disabled user and of a suspended application', async () => {
      const [one, other] = [await ready(), await ready()];
      await site.store.users.setDisabled(one.person.id, Date.now(), aChangeRecord);
      await site.store.applications.setStatus(other.application.clientId, 'suspended', aChangeRecord);
      for (const { token } of [one, other]) {
        const answer = await send(`Bearer ${token}`);
        expect([answer.status, answer.body.code]).toEqual([401, 'invalid_token']);
      }
    });
  });
});

/** The text with one character exchanged for one that differs in a bit that counts. */
function flip(text: string, at: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const other = alphabet[(alphabet.indexOf(text[at] ?? 'A') + 16) % 64];
  return text.slice(0, at) + other + text.slice(at + 1);
}
