import { describe, expect, it } from 'vitest';
import { authorizeUrl, callbackOf, decide, logInByPassword, redeem } from '../../support/oauth.ts';
import { newUser, type TestUser } from '../../support/site/fixtures.ts';
import { formTo, HttpBrowser, type Page, visibleText } from '../../support/site/http-browser.ts';
import { newSandbox } from '../../support/site/registration.ts';
import { onEachEngine } from '../../support/site/site.ts';

const endpoint = '/oauth2/authorize/';

/** A valid request, and requests whose errors go to the callback. */
const requests = [
  ['without an error', {}],
  ['without response_type', { response_type: undefined }],
  ['with another response_type', { response_type: 'token' }],
  ['with an unknown scope', { scope: 'admin' }],
  ['with a plain PKCE challenge', { code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' }],
  ['with prompt=none', { prompt: 'none' }],
] as const;
const faulty = requests.slice(1);

onEachEngine((site) => {
  async function loggedIn(person: TestUser): Promise<HttpBrowser> {
    const browser = new HttpBrowser(site.url);
    await browser.logIn(person);
    return browser;
  }

  async function newSandboxWithOwner() {
    const owner = await newUser(site);
    const ownerBrowser = await loggedIn(owner);
    return { owner, ownerBrowser, ...(await newSandbox(site, ownerBrowser)) };
  }

  const summaryOf = (page: Page) => ({
    status: page.status,
    location: page.location,
    hasNotice: visibleText(page.html).includes('This is a sandbox'),
  });
  const sandboxPage = { status: 403, location: undefined, hasNotice: true };

  describe('another user', () => {
    it.each(requests)('is never redirected to the callback of a sandbox by a request %s', async (_what, more) => {
      const { application } = await newSandboxWithOwner();
      const stranger = await newUser(site);
      const url = authorizeUrl(application, { ...more, state: 'x' });
      expect(summaryOf(await (await loggedIn(stranger)).open(url))).toEqual(sandboxPage);

      const loggedOut = new HttpBrowser(site.url);
      const { email, password } = stranger;
      expect(summaryOf(await loggedOut.submit(await loggedOut.open(url), '/login/', { email, password }))).toEqual(
        sandboxPage,
      );

      const fresh = new HttpBrowser(site.url);
      const login = await fresh.open(url);
      const signup = await fresh.open(login.url.href.replace('/login/', '/signup/'));
      const person = { first_name: 'A', last_name: 'B', email: `new.${email}`, password };
      expect(summaryOf(await fresh.submit(signup, '/signup/', person))).toEqual(sandboxPage);
    });

    it.each(['authorize', 'deny'])('is not redirected to the callback by a decision to %s either', async (decision) => {
      const { application } = await newSandboxWithOwner();
      const stranger = await newUser(site);
      const browser = await loggedIn(stranger);
      const page = await browser.open(authorizeUrl(application));
      const { csrf, resume } = formTo(page, '/logout/').fields;
      const shown = (await site.store.applications.findByClientId(application.clientId))?.application.consentEpoch;
      const fields = { csrf, resume, decision, viewer: String(stranger.id), shown: String(shown) };
      const response = await browser.post(endpoint, fields);
      expect(response.location).toBe(`${endpoint}?resume=${resume}`);
      expect(summaryOf(await browser.open(response.location ?? ''))).toEqual(sandboxPage);
    });

    it('does not see who the test user is', async () => {
      const { application, testUser } = await newSandboxWithOwner();
      const page = await (await loggedIn(await newUser(site))).open(authorizeUrl(application));
      expect(page.html).not.toContain(testUser.email);
    });
  });

  describe('a member', () => {
    it('is redirected to the callback with errors', async () => {
      const { application, ownerBrowser } = await newSandboxWithOwner();
      for (const [, more] of faulty) {
        const query = callbackOf(await ownerBrowser.open(authorizeUrl(application, more)));
        expect(query.get('error')).not.toBeNull();
      }
    });

    it('can log in as the test user, which continues the same request', async () => {
      const { application, ownerBrowser, path, testUser } = await newSandboxWithOwner();
      const page = await ownerBrowser.open(authorizeUrl(application, { state: 'kept' }));
      expect(summaryOf(page)).toEqual(sandboxPage);
      expect(page.html).toContain(testUser.email);
      expect(page.html).toContain(`${path}sandbox/`);
      const login = await ownerBrowser.submit(page, '/logout/');
      const { email, password } = testUser;
      const consent = await ownerBrowser.submit(login, '/login/', { email, password });
      const query = callbackOf(await decide(ownerBrowser, consent, 'authorize'));
      expect(query.get('state')).toBe('kept');
      expect((await redeem(site, application, query.get('code') ?? '')).status).toBe(200);
    });
  });

  it('the test user is redirected with codes, denials and errors', async () => {
    const { application, testUser } = await newSandboxWithOwner();
    const browser = await loggedIn(testUser);
    for (const [, more] of faulty) {
      expect(callbackOf(await browser.open(authorizeUrl(application, more))).get('error')).not.toBeNull();
    }
    const denied = await decide(browser, await browser.open(authorizeUrl(application)), 'deny');
    expect(callbackOf(denied).get('error')).toBe('access_denied');
    const granted = await decide(browser, await browser.open(authorizeUrl(application)), 'authorize');
    expect(callbackOf(granted).get('code')).toMatch(/^insiders_code_/);
  });

  it('the password grant does not reveal whether another user’s password is right', async () => {
    const legacy = { grantType: 'password', passwordReason: 'Legacy', callbacks: '' };
    const { application, testUser } = await newSandbox(site, await loggedIn(await newUser(site)), legacy);
    const victim = await newUser(site);
    const nobody = { ...victim, email: `nobody.${victim.email}` };
    const responses = [];
    for (const person of [victim, { ...victim, password: 'a wrong password' }, nobody]) {
      const { status, body } = await logInByPassword(site, application, person);
      responses.push([status, body.error, body.error_description]);
    }
    expect(responses).toEqual(Array(3).fill([400, 'invalid_grant', 'The user name or the password is wrong']));
    // The developers see the same cause for all of them, and the account of the victim is unchanged.
    const causes = async () => {
      const { rows } = await site.store.refusedRequests.list({ applicationId: application.id, limit: 10 });
      return rows.map(({ cause }) => cause);
    };
    await expect.poll(causes, { timeout: 10_000 }).toEqual(Array(3).fill('wrong_password'));
    expect((await logInByPassword(site, application, testUser)).status).toBe(200);
  });
});
