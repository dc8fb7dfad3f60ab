import { describe, expect, it } from 'vitest';
import { Browser, formTo, type Page, textOf } from '../../support/client.ts';
import { authorizeUrl, callbackOf, decide, logInByPassword, redeem } from '../../support/oauth.ts';
import { newPerson, type Person } from '../../support/people.ts';
import { newSandbox } from '../../support/registration.ts';
import { onEachSite } from '../../support/server.ts';

const endpoint = '/oauth2/authorize/';

/** Requests that the application is told the faults of, and one without. */
const requests = [
  ['without a fault', {}],
  ['without response_type', { response_type: undefined }],
  ['with another response_type', { response_type: 'token' }],
  ['with an unknown scope', { scope: 'admin' }],
  ['with a plain PKCE challenge', { code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' }],
  ['with prompt=none', { prompt: 'none' }],
] as const;
const faulty = requests.slice(1);

onEachSite((site) => {
  async function loggedIn(person: Person): Promise<Browser> {
    const browser = new Browser(site.url);
    await browser.logIn(person);
    return browser;
  }

  async function ready() {
    const owner = await newPerson(site);
    const own = await loggedIn(owner);
    return { owner, own, ...(await newSandbox(site, own)) };
  }

  const told = (page: Page) => ({
    status: page.status,
    location: page.location,
    says: textOf(page.html).includes('This is a sandbox'),
  });
  const stays = { status: 403, location: undefined, says: true };

  describe('somebody else', () => {
    it.each(requests)('is never sent to the callback of a sandbox by a request %s', async (_what, more) => {
      const { application } = await ready();
      const stranger = await newPerson(site);
      const url = authorizeUrl(application, { ...more, state: 'x' });
      expect(told(await (await loggedIn(stranger)).open(url))).toEqual(stays);

      const late = new Browser(site.url);
      const { email, password } = stranger;
      expect(told(await late.submit(await late.open(url), '/login/', { email, password }))).toEqual(stays);

      const fresh = new Browser(site.url);
      const login = await fresh.open(url);
      const signup = await fresh.open(login.url.href.replace('/login/', '/signup/'));
      const person = { first_name: 'A', last_name: 'B', email: `new.${email}`, password };
      expect(told(await fresh.submit(signup, '/signup/', person))).toEqual(stays);
    });

    it.each(['authorize', 'deny'])('is not sent there by a decision to %s either', async (decision) => {
      const { application } = await ready();
      const stranger = await newPerson(site);
      const browser = await loggedIn(stranger);
      const page = await browser.open(authorizeUrl(application));
      const { csrf, resume } = formTo(page, '/logout/').fields;
      const shown = (await site.store.applications.findByClientId(application.clientId))?.application.consentEpoch;
      const fields = { csrf, resume, decision, viewer: String(stranger.id), shown: String(shown) };
      const answer = await browser.post(endpoint, fields);
      expect(answer.location).toBe(`${endpoint}?resume=${resume}`);
      expect(told(await browser.open(answer.location ?? ''))).toEqual(stays);
    });

    it('is not told who the test user is', async () => {
      const { application, testUser } = await ready();
      const page = await (await loggedIn(await newPerson(site))).open(authorizeUrl(application));
      expect(page.html).not.toContain(testUser.email);
    });
  });

  describe('a member', () => {
    it('learns in the application what is wrong with a request', async () => {
      const { application, own } = await ready();
      for (const [, more] of faulty) {
        const query = callbackOf(await own.open(authorizeUrl(application, more)));
        expect(query.get('error')).not.toBeNull();
      }
    });

    it('is led to a login as the test user, and goes on with the same request', async () => {
      const { application, own, path, testUser } = await ready();
      const page = await own.open(authorizeUrl(application, { state: 'kept' }));
      expect(told(page)).toEqual(stays);
      expect(page.html).toContain(testUser.email);
      expect(page.html).toContain(`${path}sandbox/`);
      const login = await own.submit(page, '/logout/');
      const { email, password } = testUser;
      const consent = await own.submit(login, '/login/', { email, password });
      const query = callbackOf(await decide(own, consent, 'authorize'));
      expect(query.get('state')).toBe('kept');
      expect((await redeem(site, application, query.get('code') ?? '')).status).toBe(200);
    });
  });

  it('the test user is sent back with codes, denials and faults', async () => {
    const { application, testUser } = await ready();
    const browser = await loggedIn(testUser);
    for (const [, more] of faulty) {
      expect(callbackOf(await browser.open(authorizeUrl(application, more))).get('error')).not.toBeNull();
    }
    const denied = await decide(browser, await browser.open(authorizeUrl(application)), 'deny');
    expect(callbackOf(denied).get('error')).toBe('access_denied');
    const granted = await decide(browser, await browser.open(authorizeUrl(application)), 'authorize');
    expect(callbackOf(granted).get('code')).toMatch(/^insiders_code_/);
  });

  it('tells nothing about the passwords of others by the password grant', async () => {
    const legacy = { grantType: 'password', passwordReason: 'Legacy', callbacks: '' };
    const { application, testUser } = await newSandbox(site, await loggedIn(await newPerson(site)), legacy);
    const victim = await newPerson(site);
    const nobody = { ...victim, email: `nobody.${victim.email}` };
    const answers = [];
    for (const person of [victim, { ...victim, password: 'a wrong password' }, nobody]) {
      const { status, body } = await logInByPassword(site, application, person);
      answers.push([status, body.error, body.error_description]);
    }
    expect(answers).toEqual(Array(3).fill([400, 'invalid_grant', 'The user name or the password is wrong']));
    // Neither are the developers told a difference, nor does anything stay with the account.
    const kept = async () => {
      const { rows } = await site.store.refusedRequests.list({ applicationId: application.id, limit: 10 });
      return rows.map(({ cause }) => cause);
    };
    await expect.poll(kept, { timeout: 10_000 }).toEqual(Array(3).fill('wrong_password'));
    expect((await logInByPassword(site, application, testUser)).status).toBe(200);
  });
});
