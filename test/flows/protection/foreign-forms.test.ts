import { describe, expect, it } from 'vitest';
import { authorizeUrl, callApi, callbackOf, decide, obtainTokens } from '../../support/oauth.ts';
import { newApplication, newUser, type TestUser } from '../../support/site/fixtures.ts';
import { formTo, HttpBrowser } from '../../support/site/http-browser.ts';
import { onEachEngine } from '../../support/site/site.ts';

const session = 'insiders_session';

onEachEngine((site) => {
  async function loggedIn(person?: TestUser): Promise<HttpBrowser> {
    const browser = new HttpBrowser(site.url);
    await browser.logIn(person ?? (await newUser(site)));
    return browser;
  }

  const isLoggedIn = async (browser: HttpBrowser) => (await browser.send('/account/')).status === 200;

  describe('a form from elsewhere', () => {
    const forms = ['/login/', '/signup/', '/logout/', '/account/password/', '/device-activation/', '/theme/'];

    it.each(forms)('is refused and changes nothing: %s', async (path) => {
      const person = await newUser(site);
      const browser = await loggedIn(person);
      const before = browser.cookies.get(session);
      const token = formTo(await browser.open('/account/'), '/theme/').fields.csrf ?? '';
      const otherToken = formTo(await new HttpBrowser(site.url).open('/login/'), '/login/').fields.csrf;
      const fields = { email: 'a@b.example', password: 'three words here', first_name: 'A', last_name: 'B' };
      for (const csrf of [undefined, '', 'x', otherToken]) {
        expect((await browser.post(path, { ...fields, csrf })).status).toBe(403);
      }
      for (const foreign of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
        const headers = { 'content-type': 'application/x-www-form-urlencoded', ...foreign };
        const body = `${new URLSearchParams({ ...fields, csrf: token })}`;
        expect((await browser.send(path, { method: 'POST', headers, body })).status).toBe(403);
      }
      const page = await browser.send(`${path}?_method=POST`, { headers: { 'x-http-method-override': 'POST' } });
      expect(page.status).toBeLessThan(500);
      expect(browser.cookies.get(session)).toBe(before);
      expect(await isLoggedIn(browser)).toBe(true);
      expect(await site.store.users.findByEmail('a@b.example')).toBeUndefined();
    });

    it('can’t log in without the page of the form', async () => {
      const person = await newUser(site);
      const browser = new HttpBrowser(site.url);
      const response = await browser.post('/login/', { email: person.email, password: person.password });
      expect(response.status).toBe(403);
      expect(browser.cookies.has(session)).toBe(false);
    });

    it('can’t disconnect an application', async () => {
      const person = await newUser(site);
      const tokens = await obtainTokens(site, await newApplication(site), person);
      const browser = await loggedIn(person);
      const account = await browser.open('/account/');
      const path = /href="([^"]*disconnect\/)"/.exec(account.html)?.[1] ?? '';
      expect((await browser.post(path, {})).status).toBe(403);
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
    });
  });

  describe('the page after a login', () => {
    it.each([
      'https://evil.example/',
      '//evil.example/',
      '/\\evil.example/',
      '\\\\evil.example',
      '/%5Cevil.example/',
      'https:evil.example',
      'javascript:alert(1)',
      '/\t/evil.example',
      '/\r\nLocation: https://evil.example',
      'evil.example',
      '/@evil.example:80/..//evil.example',
      '',
    ])('is never another site: %j', async (next) => {
      const person = await newUser(site);
      const browser = new HttpBrowser(site.url);
      const page = await browser.open(`/login/?next=${encodeURIComponent(next)}`);
      for (const values of [{}, { next }]) {
        const response = await browser.press(page, '/login/', {
          email: person.email,
          password: person.password,
          ...values,
        });
        expect(response.status).toBe(303);
        expect(new URL(response.location ?? '', site.url).origin).toBe(site.url);
        const followed = await browser.send(response.location ?? '');
        expect(new URL(followed.location ?? '/', site.url).origin).toBe(site.url);
      }
    });

    it('is not taken from a repeated parameter', async () => {
      const browser = await loggedIn();
      const page = await browser.send('/login/?next=/device-activation/&next=/logout/');
      expect(page.location).toBe('/account/');
    });

    it('can be an authorization request with special characters', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const state = 'a&b=%26 c+d';
      const browser = new HttpBrowser(site.url);
      const next = encodeURIComponent(authorizeUrl(application, { state }));
      const page = await browser.open(`/login/?next=${next}`);
      const consent = await browser.submit(page, '/login/', { email: person.email, password: person.password });
      expect(callbackOf(await decide(browser, consent, 'authorize')).get('state')).toBe(state);
    });
  });
});
