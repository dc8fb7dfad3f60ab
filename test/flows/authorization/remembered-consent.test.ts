import { describe, expect, it } from 'vitest';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { authorizeUrl, callbackOf, codeFor, decide, logInByPassword } from '../../support/oauth.ts';
import { newApplication, newUser, type TestApplication, type TestUser } from '../../support/site/fixtures.ts';
import { formTo, HttpBrowser, type Page } from '../../support/site/http-browser.ts';
import { onEachEngine } from '../../support/site/site.ts';

const form = '/oauth2/authorize/';

onEachEngine((site) => {
  async function loggedIn(person?: TestUser): Promise<HttpBrowser> {
    const browser = new HttpBrowser(site.url);
    await browser.logIn(person ?? (await newUser(site)));
    return browser;
  }

  /** Whether the page asks for consent, rather than redirects with a code. */
  function asks(page: Page): boolean {
    if (page.location === undefined) return formTo(page, form).buttons.length === 2;
    return !callbackOf(page).has('code');
  }

  describe('a consent', () => {
    it('counts for later requests of the same user, application and scope', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const browser = await loggedIn(person);
      const first = await codeFor(browser, application);
      const second = await browser.send(authorizeUrl(application, { state: 'again' }));
      expect(second.status).toBe(302);
      expect(callbackOf(second).get('state')).toBe('again');
      expect(callbackOf(second).get('code')).not.toBe(first);
      expect(second.headers.get('cache-control')).toBe('no-store');
      expect(asks(await (await loggedIn()).open(authorizeUrl(application)))).toBe(true);
      expect(asks(await browser.open(authorizeUrl(await newApplication(site))))).toBe(true);
    });

    it('gives no code to a HEAD request', async () => {
      const application = await newApplication(site);
      const browser = await loggedIn();
      await codeFor(browser, application);
      const response = await browser.send(authorizeUrl(application), { method: 'HEAD' });
      expect([response.status, response.location]).toEqual([200, undefined]);
    });

    it.each<[string, (application: TestApplication, person: TestUser) => Promise<Record<string, string>>]>([
      ['the request has prompt=consent', async () => ({ prompt: 'consent' })],
      ['the application has a new name', change({ name: 'Somebody Else' })],
      ['the application has a new owner', change({ ownerName: 'Somebody Else' })],
      [
        'the application has other callbacks',
        change({ redirectUris: ['https://ams.example/callback/', 'https://x.example/'] }),
      ],
      [
        'the user disconnected it',
        async (_application, person) => {
          const [connected] = await site.store.authorizations.listConnected(person.id);
          const id = connected?.authorization.id ?? '';
          const now = Date.now();
          await site.store.authorizations.revoke({
            id,
            ownerId: person.id,
            reason: 'disconnected',
            now,
            record: testChangeRecord,
          });
          return {};
        },
      ],
    ])('is asked for again when %s', async (_name, meanwhile) => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const browser = await loggedIn(person);
      await codeFor(browser, application);
      const more = await meanwhile(application, person);
      expect(asks(await browser.open(authorizeUrl(application, more)))).toBe(true);
      await codeFor(browser, application, more);
      expect(asks(await browser.open(authorizeUrl(application)))).toBe(false);
    });

    it.each<[string, Parameters<typeof newApplication>[1]]>([
      ['a callback on a loopback address', { redirectUris: ['http://127.0.0.1:8000/authorized/'] }],
      ['a callback to localhost', { redirectUris: ['http://localhost:8000/authorized/'] }],
      ['a public application', { isPublic: true }],
      ['an app on a phone', { isPublic: true, redirectUris: ['example.ams.app:/callback'] }],
    ])('is asked for every time with %s', async (_name, options) => {
      const application = await newApplication(site, options);
      const browser = await loggedIn();
      const pkce = options?.isPublic
        ? { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' }
        : {};
      for (let times = 0; times < 2; times += 1) {
        const page = await browser.open(authorizeUrl(application, pkce));
        expect(asks(page)).toBe(true);
        expect((await decide(browser, page, 'authorize')).location?.startsWith(application.redirectUri)).toBe(true);
      }
    });

    it('is not given by the password grant', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      await site.store.applications.setIdentity(
        application.clientId,
        {
          redirectUris: ['https://ams.example/callback/'],
        },
        testChangeRecord,
      );
      expect((await logInByPassword(site, application, person)).status).toBe(200);
      await site.store.applications.setGrantType(application.clientId, 'authorization_code', testChangeRecord);
      const browser = await loggedIn(person);
      expect(
        asks(await browser.open(authorizeUrl({ ...application, redirectUri: 'https://ams.example/callback/' }))),
      ).toBe(true);
    });

    it('counts only after a new login with prompt=login', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const browser = await loggedIn(person);
      await codeFor(browser, application);
      const login = await browser.open(authorizeUrl(application, { prompt: 'login' }));
      expect(login.url.pathname).toBe('/login/');
      // Without the login the request returns to the login page.
      const resume = login.url.searchParams.get('resume') ?? '';
      expect((await browser.open(`/oauth2/authorize/?resume=${resume}`)).url.pathname).toBe('/login/');
      const done = await browser.submit(login, '/login/', { email: person.email, password: person.password });
      expect(callbackOf(done).has('code')).toBe(true);
    });
  });

  function change(identity: { name?: string; ownerName?: string; redirectUris?: readonly string[] }) {
    return async ({ clientId }: TestApplication): Promise<Record<string, string>> => {
      await site.store.applications.setIdentity(clientId, identity, testChangeRecord);
      return {};
    };
  }
});
