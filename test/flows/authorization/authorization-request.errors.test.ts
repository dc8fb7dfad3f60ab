import { describe, expect, it } from 'vitest';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { authorizeUrl, callbackOf } from '../../support/oauth.ts';
import { newApplication, newUser, testCallback } from '../../support/site/fixtures.ts';
import { HttpBrowser, visibleText } from '../../support/site/http-browser.ts';
import { onEachEngine } from '../../support/site/site.ts';

onEachEngine((site) => {
  describe('an authorization request with an invalid application or callback', () => {
    it.each([
      ['an unknown application', { client_id: 'insiders_app_nobody' }],
      ['no application', { client_id: undefined }],
      ['an empty client_id', { client_id: '' }],
      ['no callback, although only one is registered', { redirect_uri: undefined }],
      ['an unregistered callback', { redirect_uri: 'https://evil.example/callback/' }],
      ['a callback without its slash', { redirect_uri: testCallback.slice(0, -1) }],
      ['a callback in another case', { redirect_uri: testCallback.replace('callback', 'Callback') }],
      ['a callback with text appended', { redirect_uri: `${testCallback}more` }],
      ['a callback with a query added', { redirect_uri: `${testCallback}?x=1` }],
      ['a callback with a fragment', { redirect_uri: `${testCallback}#x` }],
      ['a callback on another port', { redirect_uri: 'https://ams.example:444/callback/' }],
      ['a callback with a user name', { redirect_uri: 'https://ams.example@evil.example/callback/' }],
      ['a callback with dot segments', { redirect_uri: 'https://ams.example/x/../callback/' }],
      ['a script as callback', { redirect_uri: 'javascript:alert(1)' }],
    ])('shows an error page without a redirect: %s', async (_name, change: Record<string, string | undefined>) => {
      const application = await newApplication(site);
      const parameters = { client_id: application.clientId, redirect_uri: testCallback, state: 's', ...change };
      for (const browser of [new HttpBrowser(site.url), await loggedIn()]) {
        const page = await browser.send(authorizeUrl(application, parameters));
        expect(page.status).toBe(400);
        expect(page.location).toBeUndefined();
        expect(page.html).not.toContain('evil.example');
        expect(page.html).not.toContain('javascript:');
        expect(visibleText(page.html)).toContain('Request');
      }
    });

    it.each([
      ['client_id', 'the same value', (value: string) => value],
      ['client_id', 'another value', () => 'insiders_app_other'],
      ['redirect_uri', 'the same value', (value: string) => value],
      ['redirect_uri', 'another value', () => 'https://evil.example/'],
    ])('shows an error page where %s is repeated with %s', async (name, _title, second) => {
      const application = await newApplication(site);
      const value = name === 'client_id' ? application.clientId : application.redirectUri;
      const url = `${authorizeUrl(application)}&${name}=${encodeURIComponent(second(value))}`;
      const page = await (await loggedIn()).send(url);
      expect([page.status, page.location]).toEqual([400, undefined]);
    });

    it.each(['%', '%ZZ', '%C3%28', '%00', 'a%00b', '%ff'])(
      'shows an error page where the query contains %s',
      async (text) => {
        const application = await newApplication(site);
        const page = await (await loggedIn()).send(`${authorizeUrl(application)}&state=${text}`);
        expect([page.status, page.location]).toEqual([400, undefined]);
      },
    );

    it('shows an error page while the application is suspended', async () => {
      const application = await newApplication(site);
      await site.store.applications.setStatus(application.clientId, 'suspended', testChangeRecord);
      const page = await (await loggedIn()).send(authorizeUrl(application));
      expect([page.status, page.location]).toEqual([400, undefined]);
    });

    it('shows an error page for another port, unless the application is public and only the port differs', async () => {
      const redirectUris = ['http://127.0.0.1:8000/authorized/'];
      const confidential = await newApplication(site, { redirectUris });
      const isPublic = await newApplication(site, { redirectUris, isPublic: true });
      const browser = await loggedIn();
      for (const [application, redirect_uri] of [
        [confidential, 'http://127.0.0.1:8001/authorized/'],
        [isPublic, 'http://127.0.0.1:8001/authorized'],
        [isPublic, 'http://localhost:8001/authorized/'],
        [isPublic, 'https://127.0.0.1:8001/authorized/'],
        [isPublic, 'http://127.0.0.1:99999/authorized/'],
      ] as const) {
        expect((await browser.send(authorizeUrl(application, { redirect_uri }))).status).toBe(400);
      }
    });
  });

  describe('an authorization request with another error', () => {
    const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

    it.each<[string, Record<string, string | undefined>, string]>([
      ['no response_type', { response_type: undefined }, 'invalid_request'],
      ['an unknown response_type', { response_type: 'token' }, 'unsupported_response_type'],
      ['two response_types', { response_type: 'code token' }, 'unsupported_response_type'],
      ['an unknown scope', { scope: 'admin' }, 'invalid_scope'],
      ['one scope too many', { scope: 'all admin' }, 'invalid_scope'],
      ['a scope in capitals', { scope: 'ALL' }, 'invalid_scope'],
      ['a scope with quotes and line ends', { scope: 'a"\r\n\tb\\é' }, 'invalid_scope'],
      ['a scope with two spaces', { scope: 'all  all' }, 'invalid_scope'],
      [
        'a challenge with the method plain',
        { code_challenge: challenge, code_challenge_method: 'plain' },
        'invalid_request',
      ],
      ['a challenge without its method', { code_challenge: challenge }, 'invalid_request'],
      ['a method without a challenge', { code_challenge_method: 'S256' }, 'invalid_request'],
      ['a short challenge', { code_challenge: 'short', code_challenge_method: 'S256' }, 'invalid_request'],
      ['a padded challenge', { code_challenge: `${challenge}=`, code_challenge_method: 'S256' }, 'invalid_request'],
      ['an unsupported response_mode', { response_mode: 'form_post' }, 'invalid_request'],
      ['a request object', { request: 'e30.e30.' }, 'request_not_supported'],
      ['a request object by reference', { request_uri: 'https://ams.example/x' }, 'request_uri_not_supported'],
      ['an unknown prompt', { prompt: 'banana' }, 'invalid_request'],
      ['a prompt with none and login', { prompt: 'none login' }, 'invalid_request'],
    ])('redirects the error to the application, after the login: %s', async (_name, change, error) => {
      const application = await newApplication(site);
      const url = authorizeUrl(application, { state: 'b"ck', ...change });
      expect((await new HttpBrowser(site.url).open(url)).url.pathname).toBe('/login/');
      const page = await (await loggedIn()).open(url);
      expect(page.location?.startsWith(`${application.redirectUri}?error=`)).toBe(true);
      const response = callbackOf(page);
      expect(response.get('error')).toBe(error);
      expect(response.get('error_description')).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
      expect(response.get('state')).toBe('b"ck');
      expect(response.get('iss')).toBe(site.url);
      expect(response.has('code')).toBe(false);
    });

    it.each(['response_type', 'scope', 'code_challenge', 'code_challenge_method', 'prompt', 'unknown'])(
      'redirects the error to the application where %s is repeated',
      async (name) => {
        const application = await newApplication(site);
        const url = `${authorizeUrl(application, { state: 's' })}&${name}=code&${name}=code`;
        const response = callbackOf(await (await loggedIn()).open(url));
        expect([response.get('error'), response.get('state')]).toEqual(['invalid_request', 's']);
      },
    );

    it('omits a repeated state from the redirect', async () => {
      const application = await newApplication(site);
      const url = `${authorizeUrl(application, { state: 'one' })}&state=two`;
      const response = callbackOf(await (await loggedIn()).open(url));
      expect([response.get('error'), response.has('state')]).toEqual(['invalid_request', false]);
    });

    it('redirects the error to an application with the grant type password', async () => {
      const application = await newApplication(site, { grantType: 'password', redirectUris: [testCallback] });
      const response = callbackOf(await (await loggedIn()).open(authorizeUrl(application)));
      expect(response.get('error')).toBe('unauthorized_client');
    });

    it('redirects the error to a public application that sends no challenge', async () => {
      const application = await newApplication(site, { isPublic: true });
      const response = callbackOf(await (await loggedIn()).open(authorizeUrl(application)));
      expect(response.get('error')).toBe('invalid_request');
    });
  });

  async function loggedIn(): Promise<HttpBrowser> {
    const browser = new HttpBrowser(site.url);
    await browser.logIn(await newUser(site));
    return browser;
  }
});
