import { describe, expect, it } from 'vitest';
import { rawRequest, sendRaw } from '../../support/network/raw-http.ts';
import {
  authorizeUrl,
  basic,
  callApi,
  logInByPassword,
  obtainCode,
  postForm,
  readResponse,
  redeem,
  revokePath,
  tokenPath,
  tokensOf,
} from '../../support/oauth.ts';
import { newApplication, newDevice, newUser } from '../../support/site/fixtures.ts';
import { onEachEngine } from '../../support/site/site.ts';

const formType = 'Content-Type: application/x-www-form-urlencoded';

onEachEngine((site) => {
  describe('an address without its trailing slash', () => {
    it.each([
      '/oauth2/authorize?client_id=a%20b&state=%2F%3f+x&&',
      '/oauth2/token',
      '/api/v1/devices?&current=True',
      '/login?next=%2Faccount%2F',
      '/account',
      '/api/v1/devices/1?',
    ])('redirects GET and HEAD to the right one, with the query unchanged: %s', async (target) => {
      const [path, ...query] = target.split(/(?=\?)/);
      for (const method of ['GET', 'HEAD']) {
        const response = await fetch(site.url + target, { method, redirect: 'manual' });
        expect([response.status, response.headers.get('location')]).toEqual([308, `${path}/${query.join('')}`]);
        await response.body?.cancel();
      }
    });

    it('refuses POST at the endpoints, and names the right one', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const code = await obtainCode(site, application, person);
      const { redirectUri: redirect_uri } = application;
      const grant = { grant_type: 'authorization_code', code, redirect_uri };
      const response = await postForm(site, tokenPath.slice(0, -1), application, grant);
      expect([response.status, response.headers.get('location')]).toEqual([404, null]);
      expect(response.body.error_description).toContain('/oauth2/token/');
      const tokens = tokensOf(await redeem(site, application, code));
      const revoked = await postForm(site, revokePath.slice(0, -1), application, { token: tokens.access_token });
      expect([revoked.status, revoked.body.error_description]).toEqual([404, expect.stringContaining(revokePath)]);
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
    });

    it('refuses POST at the API and the pages, and names the right one', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      const { access_token } = tokensOf(await logInByPassword(site, application, person));
      const { serialNumber: serial_number, deviceName: device_name } = await newDevice(site, null);
      const take = await fetch(`${site.url}/api/v1/devices/take-ownership`, {
        method: 'POST',
        headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ serial_number, device_name }),
      }).then(readResponse);
      expect([take.status, take.body.detail]).toEqual([
        404,
        expect.stringContaining('/api/v1/devices/take-ownership/'),
      ]);
      expect((await callApi(site, access_token)).body.count).toBe(0);
      const login = await fetch(`${site.url}/login`, { method: 'POST', redirect: 'manual' }).then(readResponse);
      expect([login.status, login.headers.get('location')]).toEqual([404, null]);
      expect(JSON.stringify(login.body)).toContain('/login/');
    });
  });

  describe('an address that is written in another way', () => {
    it.each([
      '//oauth2/token/',
      '/oauth2//token/',
      '/oauth2/token//',
      '/oauth2/./token/',
      '/oauth2/x/../token/',
      '/oauth2/token/..;/token/',
      '/oauth2%2Ftoken%2F',
      '/oauth2/tok%65n/',
      '/oauth2/TOKEN/',
      '/oauth2/token/%00',
      '/oauth2/token/.',
      '/oauth2/token;x=1/',
      '\\oauth2\\token\\',
    ])('is not the token endpoint: %s', async (path) => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      const { email: username, password } = person;
      const body = `${new URLSearchParams({ grant_type: 'password', username, password })}`;
      const lines = [formType, `Authorization: ${basic(application)}`];
      const response = await sendRaw(site.url, rawRequest(`POST ${path}`, lines, body));
      expect([400, 404]).toContain(response.status);
      expect(response.body).not.toContain('access_token');
    });

    it.each([
      '//api/v1/devices/',
      '/api//v1/devices/',
      '/api/v1/../v1/devices/',
      '/api/v1/devices/./',
      '/api%2Fv1%2Fdevices/',
      '/api/v1/%64evices/',
      '/API/v1/devices/',
      '/api/v1/devices/%2e%2e/devices/',
    ])('is not the API: %s', async (path) => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      const { access_token } = tokensOf(await logInByPassword(site, application, person));
      const response = await sendRaw(site.url, rawRequest(`GET ${path}`, [`Authorization: Bearer ${access_token}`]));
      expect(response.status).toBe(404);
      expect(response.body).not.toContain('"count"');
    });

    it('is no page either', async () => {
      for (const path of ['//login/', '/log%69n/', '/account/../login/', '//evil.example/', '/\\evil.example']) {
        const response = await sendRaw(site.url, rawRequest(`GET ${path}`, ['Accept: text/html']));
        expect([400, 404]).toContain(response.status);
        expect(response.head.toLowerCase()).not.toContain('\r\nlocation:');
      }
    });
  });

  describe('an address that does not exist', () => {
    it.each(['/oauth2/nope/', '/api/v1/nope/', '/api/', '/.well-known/nope', '/api/v1/devices/1/nope/'])(
      'has a JSON response for programs: %s',
      async (path) => {
        for (const accept of ['application/json', 'text/html', '*/*']) {
          const response = await fetch(site.url + path, { headers: { accept } }).then(readResponse);
          expect(response.status).toBe(404);
          expect(Object.keys(response.body).length).toBeGreaterThan(0);
          expect(response.text).not.toMatch(/fastify|node_modules|\bat .*\.[jt]s/i);
          expect(response.headers.get('x-powered-by')).toBeNull();
          expect(response.headers.get('server')).toBeNull();
        }
      },
    );

    it.each(['/nope/', '/account/nope/', '/assets/nope.css', '/assets/../main.js', '/wp-login.php'])(
      'has a page with links for people: %s',
      async (path) => {
        const response = await fetch(site.url + path, { headers: { accept: 'text/html' } }).then(readResponse);
        expect(response.status).toBe(404);
        expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(response.text).toContain('There is nothing here');
        expect(response.text).toContain('href="/"');
      },
    );
  });

  describe('a method that an address does not take', () => {
    it.each([
      ['/oauth2/token/', ['GET', 'PUT', 'PATCH', 'DELETE'], 'POST, OPTIONS'],
      ['/oauth2/revoke-token/', ['GET', 'PUT', 'DELETE'], 'POST, OPTIONS'],
      ['/oauth2/introspect/', ['GET', 'PUT', 'DELETE'], 'POST, OPTIONS'],
      ['/oauth2/authorize/', ['PUT', 'DELETE', 'PATCH', 'OPTIONS'], 'GET, POST, HEAD'],
      ['/.well-known/oauth-authorization-server', ['POST', 'DELETE'], 'GET, HEAD'],
      ['/api/v1/devices/', ['POST', 'PUT', 'PATCH', 'DELETE'], 'GET, OPTIONS, HEAD'],
      ['/api/v1/devices/take-ownership/', ['PUT', 'DELETE'], 'POST, OPTIONS'],
      ['/login/', ['PUT', 'DELETE', 'OPTIONS'], 'GET, POST, HEAD'],
      ['/healthz', ['POST'], 'GET, HEAD'],
    ])('gets 405 with the methods it takes: %s', async (path, methods, allow) => {
      for (const method of methods) {
        const body = ['GET', 'OPTIONS'].includes(method) ? {} : { body: '{"a":1}' };
        const headers = { 'content-type': 'application/json' };
        const response = await fetch(site.url + path, { method, redirect: 'manual', headers, ...body }).then(
          readResponse,
        );
        expect([method, response.status, response.headers.get('allow')]).toEqual([method, 405, allow]);
      }
    });

    it('is refused even if it is TRACE or unknown', async () => {
      for (const method of ['TRACE', 'PROPFIND', 'BREW', 'CONNECT']) {
        for (const path of ['/oauth2/token/', '/api/v1/devices/', '/login/']) {
          const { status } = await sendRaw(site.url, rawRequest(`${method} ${path}`));
          expect(status === 0 || (status >= 400 && status < 500)).toBe(true);
        }
      }
    });
  });

  describe('HEAD', () => {
    it('responds like GET, without a body', async () => {
      for (const path of ['/', '/login/', '/healthz', '/.well-known/oauth-authorization-server']) {
        const response = await fetch(site.url + path, { method: 'HEAD' });
        expect([response.status, await response.text()]).toEqual([200, '']);
      }
    });

    it('shows where an authorization request leads, without storing it', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const response = await fetch(site.url + authorizeUrl(application), { method: 'HEAD', redirect: 'manual' });
      expect([response.status, response.headers.get('location')]).toEqual([302, '/login/']);
      expect(await site.store.authorizations.listConnected(person.id)).toEqual([]);
    });
  });

  describe('a browser application of another origin', () => {
    const origin = 'https://app.example';
    const preflight = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    };

    it.each(['/oauth2/token/', '/oauth2/revoke-token/', '/api/v1/devices/', '/api/v1/devices/take-ownership/'])(
      'may call %s, and read its errors',
      async (path) => {
        const preflightResponse = await fetch(site.url + path, { method: 'OPTIONS', headers: preflight });
        expect(preflightResponse.status).toBe(204);
        expect(preflightResponse.headers.get('access-control-allow-origin')).toBe('*');
        expect(preflightResponse.headers.get('access-control-allow-headers')).toMatch(/authorization/i);
        expect(preflightResponse.headers.get('access-control-allow-credentials')).toBeNull();
        const method = path.endsWith('devices/') ? 'GET' : 'POST';
        const response = await fetch(site.url + path, { method, headers: { origin } });
        expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([401, '*']);
        await response.body?.cancel();
      },
    );

    it.each(['/oauth2/authorize/', '/login/', '/account/', '/', '/nope/'])('may not read %s', async (path) => {
      for (const method of ['GET', 'OPTIONS']) {
        const headers = { ...preflight, accept: 'text/html' };
        const response = await fetch(site.url + path, { method, headers, redirect: 'manual' });
        expect(response.headers.get('access-control-allow-origin')).toBeNull();
        await response.body?.cancel();
      }
    });
  });
});
