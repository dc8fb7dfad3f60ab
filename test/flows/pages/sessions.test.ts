import { describe, expect, it } from 'vitest';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { callApi, obtainTokens } from '../../support/oauth.ts';
import { newApplication, newUser, type TestUser, uniqueText } from '../../support/site/fixtures.ts';
import { formTo, HttpBrowser, visibleText } from '../../support/site/http-browser.ts';
import { newTestServer, onEachEngine } from '../../support/site/site.ts';
import { advanceClock } from '../../support/site/time.ts';

const session = 'insiders_session';

onEachEngine((site) => {
  async function loggedIn(person?: TestUser): Promise<HttpBrowser> {
    const browser = new HttpBrowser(site.url);
    await browser.logIn(person ?? (await newUser(site)));
    return browser;
  }

  const isLoggedIn = async (browser: HttpBrowser) => (await browser.send('/account/')).status === 200;

  describe('logging in', () => {
    it('opens a session with a new ID (no session fixation)', async () => {
      const person = await newUser(site);
      const browser = new HttpBrowser(site.url);
      const planted = 'A'.repeat(43);
      browser.cookies.set(session, planted);
      const done = await browser.logIn(person);
      expect(visibleText(done.html)).toContain(person.email);
      expect(browser.cookies.get(session)).not.toBe(planted);
      const attacker = new HttpBrowser(site.url);
      attacker.cookies.set(session, planted);
      expect(await isLoggedIn(attacker)).toBe(false);
    });

    it('ends the session that the browser had before', async () => {
      const person = await newUser(site);
      const browser = await loggedIn(person);
      const old = browser.cookies.get(session) ?? '';
      await browser.submit(await browser.open('/login/?fresh=1'), '/login/', { ...person, id: '' });
      expect(browser.cookies.get(session)).not.toBe(old);
      const replay = new HttpBrowser(site.url);
      replay.cookies.set(session, old);
      expect(await isLoggedIn(replay)).toBe(false);
    });

    it('sets cookies that scripts can’t read and other sites don’t send', async () => {
      const person = await newUser(site);
      const browser = new HttpBrowser(site.url);
      const page = await browser.open('/login/');
      const done = await browser.press(page, '/login/', { email: person.email, password: person.password });
      for (const response of [page, done]) {
        const [cookie = ''] = response.headers.getSetCookie();
        expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
        expect(cookie).not.toContain('Domain');
      }
    });

    it.each([
      ['a wrong password', { password: 'not the password' }, 'is wrong'],
      ['an unknown address', { email: 'nobody@club.example' }, 'is wrong'],
      ['no password', { password: '' }, 'Enter your e-mail address and your password'],
    ])('fails with %s, shows the address again and never the password', async (_name, values, text) => {
      const person = { ...(await newUser(site)), ...values };
      const browser = new HttpBrowser(site.url);
      const page = await browser.logIn(person);
      expect(page.status).toBe(400);
      expect(visibleText(page.html)).toContain(text);
      expect(formTo(page, '/login/').fields).toMatchObject({ email: person.email, password: '' });
      expect(browser.cookies.has(session)).toBe(false);
    });

    it('has the same response for a wrong password, an unknown address and a disabled account', async () => {
      const [person, disabled] = [await newUser(site), await newUser(site)];
      await site.store.users.setDisabled(disabled.id, Date.now(), testChangeRecord);
      const pages = [];
      for (const values of [{ ...person, password: 'wrong one' }, { ...person, email: 'x@club.example' }, disabled]) {
        pages.push(visibleText((await new HttpBrowser(site.url).logIn(values)).html));
      }
      expect(new Set(pages).size).toBe(1);
    });

    it('accepts the address in capitals and with spaces around it', async () => {
      const person = await newUser(site);
      const page = await new HttpBrowser(site.url).logIn({ ...person, email: ` ${person.email.toUpperCase()} ` });
      expect([page.status, page.url.pathname]).toEqual([200, '/account/']);
    });

    it('names its fields for password managers', async () => {
      const login = await new HttpBrowser(site.url).open('/login/');
      expect(login.html).toMatch(/autocomplete="username"/);
      expect(login.html).toMatch(/autocomplete="current-password"/);
      expect((await new HttpBrowser(site.url).open('/signup/')).html).toMatch(/autocomplete="new-password"/);
    });
  });

  describe('a session', () => {
    it('ends on the server when the user logs out', async () => {
      const browser = await loggedIn();
      const old = browser.cookies.get(session) ?? '';
      await browser.submit(await browser.open('/logout/'), '/logout/');
      expect(browser.cookies.has(session)).toBe(false);
      browser.cookies.set(session, old);
      expect(await isLoggedIn(browser)).toBe(false);
    });

    it('is not ended by a link', async () => {
      const browser = await loggedIn();
      expect((await browser.open('/logout/')).status).toBe(200);
      expect(await isLoggedIn(browser)).toBe(true);
    });

    it('does not end the tokens of applications when it ends', async () => {
      const person = await newUser(site);
      const tokens = await obtainTokens(site, await newApplication(site), person);
      const browser = await loggedIn(person);
      await browser.submit(await browser.open('/logout/'), '/logout/');
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
    });

    it('does not authenticate API requests', async () => {
      const browser = await loggedIn();
      const page = await browser.send('/api/v1/devices/');
      expect([page.status, page.location]).toEqual([401, undefined]);
      expect(page.headers.get('www-authenticate')).toBe('Bearer realm="insiders"');
    });

    it('lasts two weeks', async () => {
      const browser = await loggedIn();
      advanceClock(13 * 24 * 3600);
      expect(await isLoggedIn(browser)).toBe(true);
      advanceClock(24 * 3600 + 1);
      expect(await isLoggedIn(browser)).toBe(false);
    });

    it('ends when the account is disabled', async () => {
      const person = await newUser(site);
      const browser = await loggedIn(person);
      await site.store.users.setDisabled(person.id, Date.now(), testChangeRecord);
      expect(await isLoggedIn(browser)).toBe(false);
    });

    it('stays when the password is changed in it, and all others end', async () => {
      const person = await newUser(site);
      const [current, other] = [await loggedIn(person), await loggedIn(person)];
      const page = await current.open('/account/password/');
      const fields = { current_password: person.password, new_password: `another one ${uniqueText()}` };
      const done = await current.submit(page, '/account/password/', fields);
      expect(done.status).toBe(200);
      expect([await isLoggedIn(current), await isLoggedIn(other)]).toEqual([true, false]);
      expect((await new HttpBrowser(site.url).logIn(person)).status).toBe(400);
      const now = { email: person.email, password: fields.new_password };
      expect((await new HttpBrowser(site.url).logIn(now)).url.pathname).toBe('/account/');
    });

    it('is required for the account; the login returns to the page', async () => {
      const person = await newUser(site);
      for (const path of ['/account/', '/account/password/', '/device-activation/?serial_number=012%26345']) {
        const browser = new HttpBrowser(site.url);
        const login = await browser.open(path);
        expect(login.url.pathname).toBe('/login/');
        const done = await browser.submit(login, '/login/', { email: person.email, password: person.password });
        expect(done.url.href).toBe(site.url + path);
      }
    });
  });
});

describe('behind https', () => {
  it('cookies are secure and bound to the host', async () => {
    const site = newTestServer({ publicUrl: 'https://insiders.example' });
    await site.start();
    try {
      const response = await fetch(`${site.listensAt}/login/`);
      const [cookie = ''] = response.headers.getSetCookie();
      expect(cookie).toMatch(/^__Host-insiders_browser=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
      await response.body?.cancel();
    } finally {
      await site.stop();
    }
  });
});
