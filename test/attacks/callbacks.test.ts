import { describe, expect, it } from 'vitest';
import { responseParameterIn } from '../../src/applications/callbacks.ts';
import { buildOnce, run } from '../cli/run.ts';
import { testChangeRecord } from '../support/database/change-records.ts';
import { authorizeUrl, callbackOf, codeFor } from '../support/oauth.ts';
import { newApplication, newUser, testCallback } from '../support/site/fixtures.ts';
import { HttpBrowser, visibleText } from '../support/site/http-browser.ts';
import { submitRegistration } from '../support/site/registration.ts';
import { onEachEngine } from '../support/site/site.ts';
import { pollUntil } from '../support/site/time.ts';

const ambiguous = `${testCallback}?tenant=7;c%6fde=mine`;
const reason = 'Leave the parameter code out of the query';

onEachEngine((site) => {
  async function loggedIn(): Promise<{ readonly id: number; readonly browser: HttpBrowser }> {
    const person = await newUser(site);
    const browser = new HttpBrowser(site.url);
    await browser.logIn(person);
    return { id: person.id, browser };
  }

  describe('a developer can not enter a callback with a parameter of a response', () => {
    it('in the registration form, which creates the sandbox and the application', async () => {
      const { browser } = await loggedIn();
      const page = await submitRegistration(browser, { callbacks: `${testCallback}\n${ambiguous}` });
      expect(page.url.pathname).toBe('/developer/register/');
      expect(visibleText(page.html)).toContain(reason);
    });

    it('in the portal', async () => {
      const { id, browser } = await loggedIn();
      const application = await newApplication(site);
      const membership = { applicationId: application.id, userId: id, role: 'owner' as const, now: Date.now() };
      await site.store.members.add({ ...membership, record: testChangeRecord });
      const path = `/developer/applications/${application.clientId}/callbacks/`;
      const page = await browser.submit(await browser.open(path), path, { callbacks: ambiguous });
      expect(page.status).toBe(400);
      expect(visibleText(page.html)).toContain(reason);
      const stored = await site.store.applications.find(application.id);
      expect(stored?.redirectUris).toEqual([testCallback]);
      const typed = await browser.open(`/developer/check-callbacks/?value=${encodeURIComponent(ambiguous)}`);
      expect(JSON.parse(typed.html)).toMatchObject({ results: [{ good: false }] });
    });

    it('on the command line', async () => {
      buildOnce();
      const create = ['application', 'create', '--name', 'Odd', '--grant-type', 'authorization_code'];
      const created = await run([...create, '--redirect-uri', ambiguous, ...site.dataOptions]);
      expect(created).toMatchObject({ code: 1, stderr: expect.stringContaining(reason) });
      const { clientId, id } = await newApplication(site);
      const changed = await run(['application', 'set-callbacks', clientId, ambiguous, ...site.dataOptions]);
      expect(changed).toMatchObject({ code: 1, stderr: expect.stringContaining(reason) });
      expect((await site.store.applications.find(id))?.redirectUris).toEqual([testCallback]);
    });
  });

  it.each([
    ['without an error', {}],
    ['with an error', { scope: 'admin' }],
  ])('no response is sent to such a callback of an earlier release, %s', async (_title, more) => {
    const application = await newApplication(site);
    const redirectUris = [testCallback, ambiguous];
    await site.store.applications.setIdentity(application.clientId, { redirectUris }, testChangeRecord);
    const { browser } = await loggedIn();
    const page = await browser.open(authorizeUrl({ ...application, redirectUri: ambiguous }, more));
    expect([page.status, page.location]).toEqual([400, undefined]);
    expect(visibleText(page.html)).toContain('a parameter that our response has too');
    const [refused] = await pollUntil(async () => {
      const { rows } = await site.store.refusedRequests.list({ applicationId: application.id, limit: 1 });
      return rows.length === 0 ? undefined : rows;
    });
    expect(refused).toMatchObject({ cause: 'redirect_uri_ambiguous', received: 'code' });
    // Its other callbacks are valid.
    expect(await codeFor(browser, application)).toMatch(/./);
  });

  it.each([
    ['a code', {}],
    ['an error', { scope: 'admin' }],
  ])('no response with %s has a parameter that a callback may have', async (_title, more) => {
    const application = await newApplication(site);
    const { browser } = await loggedIn();
    const page = await browser.open(authorizeUrl(application, { state: 's', ...more }));
    const done =
      page.location === undefined ? await browser.press(page, '/oauth2/authorize/', { decision: 'authorize' }) : page;
    const names = [...callbackOf(done).keys()];
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) expect(responseParameterIn(`${testCallback}?${name}=x`)).toBe(name);
  });
});
