import { describe, expect, it } from 'vitest';
import { Browser, formTo, textOf } from '../support/client.ts';
import { authorizeUrl, callApi, callbackOf, decide, obtainTokens } from '../support/oauth.ts';
import { newApplication, newPerson, type Person, unique } from '../support/people.ts';
import { newSite, onEachSite } from '../support/server.ts';
import { later } from '../support/time.ts';

const session = 'insiders_session';

onEachSite((site) => {
  async function loggedIn(person?: Person): Promise<Browser> {
    const browser = new Browser(site.url);
    await browser.logIn(person ?? (await newPerson(site)));
    return browser;
  }

  const isLoggedIn = async (browser: Browser) => (await browser.send('/account/')).status === 200;

  describe('logging in', () => {
    it('opens a session under an identifier that nobody could know before', async () => {
      const person = await newPerson(site);
      const browser = new Browser(site.url);
      const planted = 'A'.repeat(43);
      browser.cookies.set(session, planted);
      const done = await browser.logIn(person);
      expect(textOf(done.html)).toContain(person.email);
      expect(browser.cookies.get(session)).not.toBe(planted);
      const thief = new Browser(site.url);
      thief.cookies.set(session, planted);
      expect(await isLoggedIn(thief)).toBe(false);
    });

    it('again ends the session that the browser had', async () => {
      const person = await newPerson(site);
      const browser = await loggedIn(person);
      const old = browser.cookies.get(session) ?? '';
      await browser.submit(await browser.open('/login/?fresh=1'), '/login/', { ...person, id: '' });
      expect(browser.cookies.get(session)).not.toBe(old);
      const replay = new Browser(site.url);
      replay.cookies.set(session, old);
      expect(await isLoggedIn(replay)).toBe(false);
    });

    it('sets cookies that scripts can’t read and other sites don’t send', async () => {
      const person = await newPerson(site);
      const browser = new Browser(site.url);
      const page = await browser.open('/login/');
      const done = await browser.press(page, '/login/', { email: person.email, password: person.password });
      for (const answer of [page, done]) {
        const [cookie = ''] = answer.headers.getSetCookie();
        expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
        expect(cookie).not.toContain('Domain');
      }
    });

    it.each([
      ['a wrong password', { password: 'not the password' }, 'is wrong'],
      ['an unknown address', { email: 'nobody@club.example' }, 'is wrong'],
      ['no password', { password: '' }, 'Enter your e-mail address and your password'],
    ])('fails with %s, keeps the address and never shows the password', async (_name, wrong, text) => {
      const person = { ...(await newPerson(site)), ...wrong };
      const browser = new Browser(site.url);
      const page = await browser.logIn(person);
      expect(page.status).toBe(400);
      expect(textOf(page.html)).toContain(text);
      expect(formTo(page, '/login/').fields).toMatchObject({ email: person.email, password: '' });
      expect(browser.cookies.has(session)).toBe(false);
    });

    it('says the same of a wrong password, an unknown address and a disabled account', async () => {
      const [person, disabled] = [await newPerson(site), await newPerson(site)];
      await site.store.users.setDisabled(disabled.id, Date.now());
      const pages = [];
      for (const wrong of [{ ...person, password: 'wrong one' }, { ...person, email: 'x@club.example' }, disabled]) {
        pages.push(textOf((await new Browser(site.url).logIn(wrong)).html));
      }
      expect(new Set(pages).size).toBe(1);
    });

    it('knows the address as it was written at sign-up or in capitals', async () => {
      const person = await newPerson(site);
      const page = await new Browser(site.url).logIn({ ...person, email: ` ${person.email.toUpperCase()} ` });
      expect([page.status, page.url.pathname]).toEqual([200, '/account/']);
    });

    it('lets password managers do their work', async () => {
      const login = await new Browser(site.url).open('/login/');
      expect(login.html).toMatch(/autocomplete="username"/);
      expect(login.html).toMatch(/autocomplete="current-password"/);
      expect((await new Browser(site.url).open('/signup/')).html).toMatch(/autocomplete="new-password"/);
    });
  });

  describe('a session', () => {
    it('ends for good with the log-out, on the server too', async () => {
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

    it('has nothing to do with the tokens of applications: they outlive it', async () => {
      const person = await newPerson(site);
      const tokens = await obtainTokens(site, await newApplication(site), person);
      const browser = await loggedIn(person);
      await browser.submit(await browser.open('/logout/'), '/logout/');
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
    });

    it('does not open the API', async () => {
      const browser = await loggedIn();
      const page = await browser.send('/api/v1/devices/');
      expect([page.status, page.location]).toEqual([401, undefined]);
      expect(page.headers.get('www-authenticate')).toBe('Bearer realm="insiders"');
    });

    it('lasts two weeks', async () => {
      const browser = await loggedIn();
      later(13 * 24 * 3600);
      expect(await isLoggedIn(browser)).toBe(true);
      later(24 * 3600 + 1);
      expect(await isLoggedIn(browser)).toBe(false);
    });

    it('ends when the account is disabled', async () => {
      const person = await newPerson(site);
      const browser = await loggedIn(person);
      await site.store.users.setDisabled(person.id, Date.now());
      expect(await isLoggedIn(browser)).toBe(false);
    });

    it('is the one that goes on when the password is changed in it; all others end', async () => {
      const person = await newPerson(site);
      const [here, there] = [await loggedIn(person), await loggedIn(person)];
      const page = await here.open('/account/password/');
      const fields = { current_password: person.password, new_password: `another one ${unique()}` };
      const done = await here.submit(page, '/account/password/', fields);
      expect(done.status).toBe(200);
      expect([await isLoggedIn(here), await isLoggedIn(there)]).toEqual([true, false]);
      expect((await new Browser(site.url).logIn(person)).status).toBe(400);
      const now = { email: person.email, password: fields.new_password };
      expect((await new Browser(site.url).logIn(now)).url.pathname).toBe('/account/');
    });

    it('is needed for the account, and the way there is not forgotten', async () => {
      const person = await newPerson(site);
      for (const path of ['/account/', '/account/password/', '/device-activation/?serial_number=012%26345']) {
        const browser = new Browser(site.url);
        const login = await browser.open(path);
        expect(login.url.pathname).toBe('/login/');
        const done = await browser.submit(login, '/login/', { email: person.email, password: person.password });
        expect(done.url.href).toBe(site.url + path);
      }
    });
  });

  describe('a form from elsewhere', () => {
    const forms = ['/login/', '/signup/', '/logout/', '/account/password/', '/device-activation/', '/theme/'];

    it.each(forms)('is refused and changes nothing: %s', async (path) => {
      const person = await newPerson(site);
      const browser = await loggedIn(person);
      const before = browser.cookies.get(session);
      const token = formTo(await browser.open('/account/'), '/theme/').fields.csrf ?? '';
      const stranger = formTo(await new Browser(site.url).open('/login/'), '/login/').fields.csrf;
      const fields = { email: 'a@b.example', password: 'three words here', first_name: 'A', last_name: 'B' };
      for (const csrf of [undefined, '', 'x', stranger]) {
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

    it('can’t be a log-in without a page before it', async () => {
      const person = await newPerson(site);
      const browser = new Browser(site.url);
      const done = await browser.post('/login/', { email: person.email, password: person.password });
      expect(done.status).toBe(403);
      expect(browser.cookies.has(session)).toBe(false);
    });

    it('can’t disconnect an application', async () => {
      const person = await newPerson(site);
      const tokens = await obtainTokens(site, await newApplication(site), person);
      const browser = await loggedIn(person);
      const account = await browser.open('/account/');
      const path = /href="([^"]*disconnect\/)"/.exec(account.html)?.[1] ?? '';
      expect((await browser.post(path, {})).status).toBe(403);
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
    });
  });

  describe('where a log-in leads', () => {
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
      const person = await newPerson(site);
      const browser = new Browser(site.url);
      const page = await browser.open(`/login/?next=${encodeURIComponent(next)}`);
      for (const values of [{}, { next }]) {
        const done = await browser.press(page, '/login/', {
          email: person.email,
          password: person.password,
          ...values,
        });
        expect(done.status).toBe(303);
        expect(new URL(done.location ?? '', site.url).origin).toBe(site.url);
        const followed = await browser.send(done.location ?? '');
        expect(new URL(followed.location ?? '/', site.url).origin).toBe(site.url);
      }
    });

    it('is not taken from a repeated parameter', async () => {
      const browser = await loggedIn();
      const page = await browser.send('/login/?next=/device-activation/&next=/logout/');
      expect(page.location).toBe('/account/');
    });

    it('can be an authorization request with all its signs', async () => {
      const [application, person] = [await newApplication(site), await newPerson(site)];
      const state = 'a&b=%26 c+d';
      const browser = new Browser(site.url);
      const next = encodeURIComponent(authorizeUrl(application, { state }));
      const page = await browser.open(`/login/?next=${next}`);
      const consent = await browser.submit(page, '/login/', { email: person.email, password: person.password });
      expect(callbackOf(await decide(browser, consent, 'authorize')).get('state')).toBe(state);
    });
  });

  describe('signing up', () => {
    const person = () => ({
      first_name: 'Nina',
      last_name: 'Neu',
      email: `nina.${unique()}@club.example`,
      password: 'three words together',
    });

    it('makes the account and logs in under a new identifier', async () => {
      const browser = new Browser(site.url);
      browser.cookies.set(session, 'B'.repeat(43));
      const wanted = person();
      const done = await browser.submit(await browser.open('/signup/'), '/signup/', wanted);
      expect([done.url.pathname, textOf(done.html).includes(wanted.email)]).toEqual(['/account/', true]);
      expect(browser.cookies.get(session)).not.toBe('B'.repeat(43));
    });

    it('finds that an address is taken, however it is written', async () => {
      const existing = await newPerson(site);
      for (const email of [existing.email, existing.email.toUpperCase(), ` ${existing.email} `]) {
        const browser = new Browser(site.url);
        const page = await browser.submit(await browser.open('/signup/'), '/signup/', { ...person(), email });
        expect(page.status).toBe(400);
        expect(textOf(page.html)).toContain('There is an account with this e-mail address already');
        expect(browser.cookies.has(session)).toBe(false);
      }
    });

    it.each([
      ['a short password', { password: '1234567' }, 'at least 8 characters'],
      ['a common password', { password: 'password123' }, 'most common'],
      ['an endless password', { password: 'x'.repeat(257) }, 'more than 256'],
      [
        'the address as password',
        { email: 'same@club.example', password: 'same@club.example' },
        'must not be your e-mail',
      ],
      ['no first name', { first_name: '' }, 'Enter your first name'],
      ['no address', { email: 'nina' }, 'not an e-mail address'],
    ])('says what is wrong with %s, and keeps the rest', async (_name, wrong, text) => {
      const browser = new Browser(site.url);
      const wanted = { ...person(), ...wrong };
      const page = await browser.submit(await browser.open('/signup/'), '/signup/', wanted);
      expect(page.status).toBe(400);
      expect(textOf(page.html)).toContain(text);
      expect(formTo(page, '/signup/').fields).toMatchObject({ last_name: 'Neu', email: wanted.email, password: '' });
      expect(browser.cookies.has(session)).toBe(false);
    });

    it('takes a long password as a whole', async () => {
      const browser = new Browser(site.url);
      const wanted = { ...person(), password: `${'ä'.repeat(200)} ${unique()}` };
      await browser.submit(await browser.open('/signup/'), '/signup/', wanted);
      const cut = { ...wanted, password: wanted.password.slice(0, 150) };
      expect((await new Browser(site.url).logIn(cut)).status).toBe(400);
      expect((await new Browser(site.url).logIn(wanted)).url.pathname).toBe('/account/');
    });
  });
});

describe('behind https', () => {
  it('cookies are only sent there and bound to the host', async () => {
    const site = newSite({ publicUrl: 'https://insiders.example' });
    await site.start();
    try {
      const answer = await fetch(`${site.listensAt}/login/`);
      const [cookie = ''] = answer.headers.getSetCookie();
      expect(cookie).toMatch(/^__Host-insiders_browser=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
      await answer.body?.cancel();
    } finally {
      await site.stop();
    }
  });
});
