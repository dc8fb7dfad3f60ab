import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { withDatabase } from '../support/database/sql.ts';
import { authorizeUrl, callbackOf, codeFor, obtainCode, obtainTokens, redeem, requestToken } from '../support/oauth.ts';
import { newApplication, newUser } from '../support/site/fixtures.ts';
import { HttpBrowser } from '../support/site/http-browser.ts';
import { onEachEngine } from '../support/site/site.ts';
import { pollUntil } from '../support/site/time.ts';

onEachEngine((site) => {
  async function loggedIn(): Promise<HttpBrowser> {
    const browser = new HttpBrowser(site.url);
    await browser.logIn(await newUser(site));
    return browser;
  }

  describe('a request object is never ignored', () => {
    it.each([
      ['request', { request: 'e30.e30.' }, 'request_not_supported', 'request_object'],
      ['request_uri', { request_uri: 'https://evil.example/' }, 'request_uri_not_supported', 'request_uri'],
      ['request alone', { request: 'e30.e30.', response_type: undefined }, 'request_not_supported', 'request_object'],
    ])('%s', async (_title, more, error, cause) => {
      const application = await newApplication(site);
      const url = authorizeUrl(application, { state: 's', ...more });
      expect((await new HttpBrowser(site.url).open(url)).url.pathname).toBe('/login/');
      const response = callbackOf(await (await loggedIn()).open(url));
      expect(Object.fromEntries(response)).toMatchObject({ error, state: 's', iss: site.url });
      expect(response.has('code')).toBe(false);
      const refused = await pollUntil(async () => {
        const { rows } = await site.store.refusedRequests.list({ applicationId: application.id, limit: 1 });
        return rows[0];
      });
      expect(refused).toMatchObject({ cause, error });
      const page = await new HttpBrowser(site.url).open(`/docs/errors/${error}/`);
      expect(page.status).toBe(200);
    });
  });

  describe('a code is never invalidated by a token request', () => {
    it.each([
      ['without redirect_uri', { redirect_uri: '' }, 'The parameter redirect_uri is missing'],
      ['without code', { code: '' }, 'The parameter code is missing'],
    ])('%s', async (_title, fields, error_description) => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const code = await obtainCode(site, application, person);
      const response = await redeem(site, application, code, fields);
      expect(response.status).toBe(400);
      expect(response.body).toMatchObject({ error: 'invalid_request', error_description });
      expect((await redeem(site, application, code)).status).toBe(200);
    });
  });

  describe('HEAD never issues a code and never stores a request', () => {
    const stored = async () => {
      const count = (table: string) => `(select count(*) from ${table})`;
      const statement = `select ${count('pending_requests')} + ${count('codes')} as n`;
      const [row] = await withDatabase(site.options, ({ run }) => run(statement));
      return Number(row?.n);
    };

    it('with the headers of GET', async () => {
      const application = await newApplication(site);
      const head = async (browser: HttpBrowser, more: Readonly<Record<string, string>>) => {
        const before = await stored();
        const { status, location } = await browser.send(authorizeUrl(application, more), { method: 'HEAD' });
        expect(await stored()).toBe(before);
        return { status, location: location?.replace(/error_uri=.*/, '') };
      };
      const known = await loggedIn();
      expect(await head(new HttpBrowser(site.url), {})).toEqual({ status: 302, location: '/login/' });
      expect(await head(known, {})).toEqual({ status: 200, location: undefined });
      expect(await head(known, { prompt: 'login' })).toEqual({ status: 302, location: '/login/' });
      expect(await head(known, { redirect_uri: 'https://evil.example/' })).toMatchObject({ status: 400 });
      expect((await head(known, { scope: 'admin' })).location).toContain('error=invalid_scope');
      await codeFor(known, application);
      expect(await head(known, {})).toEqual({ status: 200, location: undefined });
    });
  });

  describe('a body never gets a wrong diagnosis', () => {
    const form = 'grant_type=client_credentials';
    const post = (path: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}) =>
      fetch(site.url + path, {
        method: 'POST',
        body: Buffer.from(body),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      });

    it.each([
      ['/oauth2/token/', 'gzip'],
      ['/oauth2/revoke-token/', 'deflate'],
      ['/login/', 'GZIP'],
      ['/api/v1/devices/take-ownership/', 'br'],
    ])('a compressed one at %s', async (path, encoding) => {
      const person = await newUser(site);
      const application = await newApplication(site);
      const { access_token } = await obtainTokens(site, application, person);
      const headers = { 'content-encoding': encoding, authorization: `Bearer ${access_token}` };
      const response = await post(path, gzipSync(form), headers);
      expect([response.status, response.headers.get('accept-encoding')]).toEqual([415, 'identity']);
      if (path !== '/login/') expect(await response.text()).toContain('Content-Encoding');
      const identity = await post('/oauth2/token/', form, { 'content-encoding': 'identity' });
      expect(identity.status).toBe(401);
    });

    it.each([
      ['a NUL character', 'a=%00', 'The parameters hold a NUL character'],
      ['a NUL byte', 'a=b+\0', 'The parameters hold a NUL character'],
      ['a repeated parameter', `${form}&scope=all&scope=all`, 'The request repeats the parameter scope'],
      ['a repeated name of its own', 'hunter2=1&hunter2=1', 'The request repeats a parameter'],
    ])('%s', async (_title, body, error_description) => {
      const response = await post('/oauth2/token/', body);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: 'invalid_request', error_description });
    });

    it('an unknown grant type', async () => {
      const response = await requestToken(site, await newApplication(site), { grant_type: 'client_credentials' });
      expect(response.body).toMatchObject({
        error: 'unsupported_grant_type',
        error_description: 'The grant type is not supported; there are authorization_code, password, refresh_token',
      });
    });

    it('client credentials at the API', async () => {
      const { clientId, clientSecret } = await newApplication(site);
      const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
      const response = await fetch(`${site.url}/api/v1/devices/`, { headers: { authorization } });
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({
        code: 'invalid_token',
        detail: 'The scheme of the Authorization header is not Bearer: send Bearer and an access token',
      });
    });
  });
});
