import { describe, expect, it } from 'vitest';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { authorizeUrl, callbackOf, redeem } from '../../support/oauth.ts';
import { newApplication, newUser, type TestUser } from '../../support/site/fixtures.ts';
import { formTo, HttpBrowser, type Page, visibleText } from '../../support/site/http-browser.ts';
import { onEachEngine } from '../../support/site/site.ts';

const form = '/oauth2/authorize/';
const authorize = { decision: 'authorize' };

/** Changes between the display of the consent page and the user's decision. */
onEachEngine((site) => {
  async function loggedIn(person: TestUser): Promise<HttpBrowser> {
    const browser = new HttpBrowser(site.url);
    await browser.logIn(person);
    return browser;
  }

  /** No code was sent to an application, and the users have no authorization. */
  async function expectNothingGranted(page: Page, ...people: readonly TestUser[]): Promise<void> {
    if (page.location !== undefined) expect(new URL(page.location, page.url).origin).toBe(site.url);
    for (const { id } of people) expect(await site.store.authorizations.listConnected(id)).toEqual([]);
  }

  describe('a decision', () => {
    it('is refused from another browser, even with a form token of that browser', async () => {
      const [application, person, mallory] = [await newApplication(site), await newUser(site), await newUser(site)];
      const [browser, other] = [await loggedIn(person), await loggedIn(mallory)];
      const page = await browser.open(authorizeUrl(application));
      const { csrf = '' } = formTo(await other.open(authorizeUrl(application)), form).fields;
      const done = await other.press(page, form, { ...authorize, csrf });
      expect([done.status, done.location]).toEqual([303, expect.stringMatching(/^\/oauth2\/authorize\/\?resume=/)]);
      await expectNothingGranted(done, person, mallory);
    });

    it('is refused if the form names another viewer', async () => {
      const [application, person, mallory] = [await newApplication(site), await newUser(site), await newUser(site)];
      const other = await loggedIn(mallory);
      const page = await other.open(authorizeUrl(application));
      for (const viewer of [String(person.id), '', 'NaN', `0${mallory.id}`, undefined]) {
        const done = await other.press(page, form, { ...authorize, viewer });
        expect(done.status).toBe(303);
        await expectNothingGranted(done, person, mallory);
      }
    });

    it('is final: a second decision is refused', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const browser = await loggedIn(person);
      const page = await browser.open(authorizeUrl(application));
      const code = callbackOf(await browser.press(page, form, authorize)).get('code') ?? '';
      for (const decision of ['authorize', 'deny', 'authorize']) {
        const done = await browser.press(page, form, { decision });
        expect([done.status, done.location]).toEqual([410, undefined]);
      }
      // The code of the first decision stays valid.
      expect((await redeem(site, application, code)).status).toBe(200);
    });

    it('after a logout in another tab requires a login', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const browser = await loggedIn(person);
      const page = await browser.open(authorizeUrl(application));
      await browser.submit(await browser.open('/logout/'), '/logout/');
      for (const decision of ['authorize', 'deny']) {
        const done = await browser.submit(page, form, { decision });
        expect(done.url.pathname).toBe('/login/');
        await expectNothingGranted(done, person);
      }
    });

    it('does not replace the new login that prompt=login demands', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const browser = await loggedIn(person);
      const seen = formTo(await browser.open(authorizeUrl(application)), form).fields;
      const login = await browser.open(authorizeUrl(application, { prompt: 'login', state: 'fresh' }));
      const resume = login.url.searchParams.get('resume') ?? '';
      // The fields of the form as if the page had been shown.
      const done = await browser.post(form, { ...seen, resume, decision: 'authorize' });
      expect([done.status, done.location]).toEqual([303, `/oauth2/authorize/?resume=${resume}`]);
      await expectNothingGranted(done, person);
      expect((await browser.open(done.location ?? '')).url.pathname).toBe('/login/');
      const consent = await browser.submit(login, '/login/', { email: person.email, password: person.password });
      expect(callbackOf(await browser.press(consent, form, authorize)).get('state')).toBe('fresh');
    });

    it('is refused while the application is suspended, and accepted afterwards', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const browser = await loggedIn(person);
      const page = await browser.open(authorizeUrl(application));
      await site.store.applications.setStatus(application.clientId, 'suspended', testChangeRecord);
      for (const decision of ['authorize', 'deny']) {
        const done = await browser.press(page, form, { decision });
        expect([done.status, done.location]).toEqual([400, undefined]);
        await expectNothingGranted(done, person);
      }
      await site.store.applications.setStatus(application.clientId, 'active', testChangeRecord);
      const again = await browser.open(authorizeUrl(application));
      expect(callbackOf(await browser.press(again, form, authorize)).has('code')).toBe(true);
    });

    it('is refused while the account is disabled, and accepted once it is enabled', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const browser = await loggedIn(person);
      const page = await browser.open(authorizeUrl(application, { state: 'kept' }));
      await site.store.users.setDisabled(person.id, Date.now(), testChangeRecord);
      const login = await browser.submit(page, form, authorize);
      expect(login.url.pathname).toBe('/login/');
      const refused = await browser.submit(login, '/login/', { email: person.email, password: person.password });
      expect([refused.status, visibleText(refused.html).includes(person.email)]).toEqual([400, false]);
      await expectNothingGranted(refused, person);
      await site.store.users.setDisabled(person.id, null, testChangeRecord);
      const consent = await browser.submit(refused, '/login/', { email: person.email, password: person.password });
      expect(callbackOf(await browser.press(consent, form, authorize)).get('state')).toBe('kept');
    });
  });

  describe('a code', () => {
    it('is refused once the account is disabled or the application suspended', async () => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const browser = await loggedIn(person);
      const page = await browser.open(authorizeUrl(application));
      const code = callbackOf(await browser.press(page, form, authorize)).get('code') ?? '';
      await site.store.users.setDisabled(person.id, Date.now(), testChangeRecord);
      const disabled = await redeem(site, application, code);
      expect([disabled.status, disabled.body.error]).toEqual([400, 'invalid_grant']);
      await site.store.applications.setStatus(application.clientId, 'suspended', testChangeRecord);
      const suspended = await redeem(site, application, code);
      expect([suspended.status, suspended.body.error]).toEqual([401, 'invalid_client']);
    });
  });
});
