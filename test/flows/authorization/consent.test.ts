import { describe, expect, it } from 'vitest';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { authorizeUrl, callbackOf, decide, redeem } from '../../support/oauth.ts';
import { newApplication, newUser, type TestUser } from '../../support/site/fixtures.ts';
import { formTo, HttpBrowser, type Page, visibleText } from '../../support/site/http-browser.ts';
import { onEachEngine } from '../../support/site/site.ts';
import { advanceClock } from '../../support/site/time.ts';

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

  describe('the consent page', () => {
    it('shows the application, the access, the user and the destination, with two equal buttons', async () => {
      const [application, person] = [await newApplication(site, { name: 'Täm & <b>Sport</b>' }), await newUser(site)];
      const page = await (await loggedIn(person)).open(authorizeUrl(application));
      const text = visibleText(page.html);
      for (const part of ['Täm & <b>Sport</b>', 'Peak Ltd', 'https://peak.example', person.email, 'ams.example']) {
        expect(text).toContain(part);
      }
      expect(text).toContain('See your devices');
      expect(text).toContain('Not you?');
      expect(formTo(page, form).buttons).toEqual([
        { name: 'decision', value: 'authorize', text: 'Authorize' },
        { name: 'decision', value: 'deny', text: 'Deny' },
      ]);
      const classes = [
        ...page.html.matchAll(/<button[^>]*class="([^"]*)"[^>]*name="decision"|name="decision"[^>]*class="([^"]*)"/g),
      ];
      expect(new Set(classes.map((match) => match[1] ?? match[2])).size).toBeLessThanOrEqual(1);
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect(page.headers.get('content-security-policy')).toContain("form-action 'self' https://ams.example");
    });

    it('is not skipped by a GET, whatever the query claims', async () => {
      const browser = await loggedIn();
      const application = await newApplication(site);
      for (const claim of ['decision=authorize', 'allow=true', 'authorize=1', 'approve']) {
        const page = await browser.open(`${authorizeUrl(application)}&${claim}`);
        expect([page.location, asks(page)]).toEqual([undefined, true]);
      }
    });

    it('escapes names and parameters on each page that shows them', async () => {
      const name = '"><script>alert(1)</script>';
      const application = await newApplication(site, { name });
      const person = await newUser(site);
      const browser = new HttpBrowser(site.url);
      const state = '"><script>alert(2)</script>';
      const login = await browser.open(authorizeUrl(application, { state }));
      const consent = await browser.submit(login, '/login/', { email: person.email, password: person.password });
      await browser.press(consent, form, { decision: 'authorize' });
      const account = await browser.open('/account/');
      const disconnect = await browser.open(/href="([^"]*disconnect\/)"/.exec(account.html)?.[1] ?? '');
      for (const page of [login, consent, account, disconnect]) {
        expect(page.html).not.toContain('<script>alert');
        expect(visibleText(page.html)).toContain(name);
      }
    });
  });

  describe('Deny', () => {
    it('redirects with access_denied, and stores no authorization', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const browser = await loggedIn(person);
      const page = await browser.open(authorizeUrl(application, { state: 'xyz' }));
      const done = await browser.press(page, form, { decision: 'deny' });
      expect(done.status).toBe(303);
      const response = callbackOf(done);
      expect([response.get('error'), response.get('state'), response.get('iss')]).toEqual([
        'access_denied',
        'xyz',
        site.url,
      ]);
      expect(response.has('code')).toBe(false);
      expect(await site.store.authorizations.listConnected(person.id)).toEqual([]);
      const changedMind = await browser.press(page, form, { decision: 'authorize' });
      expect([changedMind.status, changedMind.location]).toEqual([410, undefined]);
      expect(asks(await browser.open(authorizeUrl(application)))).toBe(true);
    });

    it('and any value other than authorize grant no code', async () => {
      const application = await newApplication(site);
      const browser = await loggedIn();
      const page = await browser.open(authorizeUrl(application));
      const { fields } = formTo(page, form);
      for (const decision of [undefined, '', 'yes', 'true', 'AUTHORIZE', 'authorize ', 'allow']) {
        const done = await browser.press(page, form, { decision });
        expect([done.status, done.location]).toEqual([400, undefined]);
      }
      const both = `${new URLSearchParams(fields)}&decision=deny&decision=authorize`;
      const done = await browser.send(form, {
        method: 'POST',
        body: both,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      expect([done.status, done.location]).toEqual([400, undefined]);
      // The request is still pending.
      expect(callbackOf(await browser.press(page, form, { decision: 'authorize' })).has('code')).toBe(true);
    });
  });

  describe('a decision', () => {
    it('is about the stored request, whatever other fields the form has', async () => {
      const [application, other] = [await newApplication(site), await newApplication(site)];
      const browser = await loggedIn();
      const pkce = {
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
      };
      const page = await browser.open(authorizeUrl(application, { state: 'mine', ...pkce }));
      const done = await browser.press(page, form, {
        decision: 'authorize',
        client_id: other.clientId,
        redirect_uri: 'https://evil.example/',
        scope: 'admin',
        state: 'theirs',
        code_challenge: '',
        user_id: '1',
      });
      expect(done.location?.startsWith(`${application.redirectUri}?code=`)).toBe(true);
      expect(callbackOf(done).get('state')).toBe('mine');
      const code = callbackOf(done).get('code') ?? '';
      // The code still has its challenge, so it is refused without the verifier.
      expect((await redeem(site, application, code)).body.error).toBe('invalid_grant');
    });

    it('is refused from another site, from another browser, or without the form token', async () => {
      const application = await newApplication(site);
      const [browser, other] = [await loggedIn(), await loggedIn()];
      const page = await browser.open(authorizeUrl(application));
      const foreignToken = formTo(await other.open(authorizeUrl(application)), form).fields.csrf;
      for (const csrf of [undefined, '', 'x', foreignToken]) {
        const done = await browser.press(page, form, { decision: 'authorize', csrf });
        expect([done.status, done.location]).toEqual([403, undefined]);
      }
      const body = `${new URLSearchParams({ ...formTo(page, form).fields, decision: 'authorize' })}`;
      for (const foreign of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
      ]) {
        const headers = { 'content-type': 'application/x-www-form-urlencoded', ...foreign };
        const done = await browser.send(form, { method: 'POST', body, headers });
        expect([done.status, done.location]).toEqual([403, undefined]);
      }
      const asText = await browser.send(form, { method: 'POST', body, headers: { 'content-type': 'text/plain' } });
      expect([asText.status, asText.location]).toEqual([400, undefined]);
    });

    it('is the only POST: an authorization request by POST gets 405', async () => {
      const application = await newApplication(site);
      const browser = await loggedIn();
      const request = Object.fromEntries(new URL(authorizeUrl(application), site.url).searchParams);
      for (const visitor of [browser, new HttpBrowser(site.url)]) {
        const page = await visitor.post(form, request);
        expect([page.status, page.location, page.headers.get('allow')]).toEqual([405, undefined, 'GET, HEAD']);
      }
    });

    it('belongs to the user who saw the page: after a change of user the page is shown again', async () => {
      const [application, ben] = [await newApplication(site), await newUser(site)];
      const browser = await loggedIn();
      const page = await browser.open(authorizeUrl(application));
      await browser.submit(await browser.open('/login/?fresh=1'), '/login/', { ...ben, id: '' });
      const again = await browser.submit(page, form, { decision: 'authorize' });
      expect(again.location).toBeUndefined();
      expect(visibleText(again.html)).toContain(ben.email);
      expect(await site.store.authorizations.listConnected(ben.id)).toEqual([]);
    });

    it('requires a login when the user has logged out, and the request continues after it', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const browser = await loggedIn(person);
      const page = await browser.open(authorizeUrl(application, { state: 'kept' }));
      browser.cookies.delete('insiders_session');
      const login = await browser.submit(page, form, { decision: 'authorize' });
      expect(login.url.pathname).toBe('/login/');
      const again = await browser.submit(login, '/login/', { email: person.email, password: person.password });
      expect(callbackOf(await decide(browser, again, 'authorize')).get('state')).toBe('kept');
    });

    it('in one of two tabs is about the request of that tab', async () => {
      const first = await newApplication(site, { redirectUris: ['https://one.example/cb'] });
      const second = await newApplication(site, { redirectUris: ['https://two.example/cb'] });
      const browser = await loggedIn();
      const tabOne = await browser.open(authorizeUrl(first, { state: '1' }));
      const tabTwo = await browser.open(authorizeUrl(second, { state: '2' }));
      const doneOne = await browser.press(tabOne, form, { decision: 'authorize' });
      const doneTwo = await browser.press(tabTwo, form, { decision: 'authorize' });
      expect(doneOne.location).toMatch(/^https:\/\/one\.example\/cb\?code=.*&state=1&/);
      expect(doneTwo.location).toMatch(/^https:\/\/two\.example\/cb\?code=.*&state=2&/);
    });

    it('counts once: the others see that the request has ended', async () => {
      const browser = await loggedIn();
      const page = await browser.open(authorizeUrl(await newApplication(site)));
      const [first, ...others] = await Promise.all(
        Array.from({ length: 4 }, () => browser.press(page, form, { decision: 'authorize' })),
      ).then((all) => all.toSorted((left, right) => left.status - right.status));
      expect(first?.status).toBe(303);
      for (const other of others) {
        expect([other.status, other.location]).toEqual([410, undefined]);
        expect(visibleText(other.html)).toContain('This request has ended');
      }
    });

    it('is asked for again when the application got another name meanwhile', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const browser = await loggedIn(person);
      const page = await browser.open(authorizeUrl(application, { state: 'kept' }));
      await site.store.applications.setIdentity(application.clientId, { name: 'Somebody else' }, testChangeRecord);
      const again = await browser.submit(page, form, { decision: 'authorize' });
      expect([again.location, visibleText(again.html).includes('Somebody else')]).toEqual([undefined, true]);
      expect(await site.store.authorizations.listConnected(person.id)).toEqual([]);
      expect(callbackOf(await browser.press(again, form, { decision: 'authorize' })).get('state')).toBe('kept');
    });

    it('is refused after an hour, with a page that says how to start again', async () => {
      const application = await newApplication(site);
      const browser = new HttpBrowser(site.url);
      const login = await browser.open(authorizeUrl(application));
      const consenting = await loggedIn();
      const page = await consenting.open(authorizeUrl(application));
      advanceClock(3601);
      const done = await consenting.press(page, form, { decision: 'authorize' });
      expect([done.status, done.location]).toEqual([410, undefined]);
      expect(visibleText(done.html)).toContain('start again');
      // A user who was still logging in sees the same page afterwards.
      const person = await newUser(site);
      const late = await browser.submit(login, '/login/', { email: person.email, password: person.password });
      expect([late.status, visibleText(late.html).includes('This request has ended')]).toEqual([410, true]);
    });

    it('is refused when the application was suspended or has another callback meanwhile', async () => {
      const browser = await loggedIn();
      const [suspended, moved] = [await newApplication(site), await newApplication(site)];
      const pages = [await browser.open(authorizeUrl(suspended)), await browser.open(authorizeUrl(moved))] as const;
      await site.store.applications.setStatus(suspended.clientId, 'suspended', testChangeRecord);
      await site.store.applications.setIdentity(
        moved.clientId,
        { redirectUris: ['https://new.example/'] },
        testChangeRecord,
      );
      for (const page of pages) {
        const done = await browser.press(page, form, { decision: 'authorize' });
        expect([done.status, done.location]).toEqual([400, undefined]);
      }
    });
  });

  describe('a change of the theme', () => {
    it('returns to the consent page, or to the login page of the same request', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const browser = new HttpBrowser(site.url);
      const login = await browser.submit(await browser.open(authorizeUrl(application, { state: 's' })), '/theme/', {
        theme: 'dark',
      });
      expect(visibleText(login.html)).toContain(`Log in to continue to ${application.name}`);
      const wrong = await browser.submit(login, '/login/', { email: person.email, password: 'wrong' });
      const stillThere = await browser.submit(wrong, '/theme/', { theme: 'light' });
      const { email, password } = person;
      const consent = await browser.submit(stillThere, '/login/', { email, password });
      const again = await browser.submit(consent, '/theme/', { theme: 'dark' });
      expect([asks(again), again.html.includes('data-theme="dark"')]).toEqual([true, true]);
      // The same without a login in between.
      const first = await browser.open(authorizeUrl(application, { state: 's' }));
      const done = await decide(browser, await browser.submit(first, '/theme/', { theme: 'auto' }), 'authorize');
      expect(callbackOf(done).get('state')).toBe('s');
    });
  });

  describe('“Not you?”', () => {
    it('logs out, and the request continues with the next user who logs in', async () => {
      const [application, ben] = [await newApplication(site), await newUser(site)];
      const browser = await loggedIn();
      const page = await browser.open(authorizeUrl(application, { state: 's' }));
      const login = await browser.submit(page, '/logout/');
      expect(login.url.pathname).toBe('/login/');
      const consent = await browser.submit(login, '/login/', { email: ben.email, password: ben.password });
      expect(visibleText(consent.html)).toContain(ben.email);
      expect(callbackOf(await decide(browser, consent, 'authorize')).get('state')).toBe('s');
    });
  });
});
