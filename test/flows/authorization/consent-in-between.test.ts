import { describe, expect, it } from 'vitest';
import { aChangeRecord } from '../../support/change-records.ts';
import { Browser, formTo, type Page, textOf } from '../../support/client.ts';
import { authorizeUrl, callbackOf, redeem } from '../../support/oauth.ts';
import { newApplication, newPerson, type Person } from '../../support/people.ts';
import { onEachSite } from '../../support/server.ts';

const form = '/oauth2/authorize/';
const authorize = { decision: 'authorize' };

/** What can happen between the consent page and the button on it. */
onEachSite((site) => {
  async function loggedIn(person: Person): Promise<Browser> {
    const browser = new Browser(site.url);
    await browser.logIn(person);
    return browser;
  }

  /** No code went anywhere, and nobody's consent is remembered. */
  async function expectNothingGiven(page: Page, ...people: readonly Person[]): Promise<void> {
    if (page.location !== undefined) expect(new URL(page.location, page.url).origin).toBe(site.url);
    for (const { id } of people) expect(await site.store.authorizations.listConnected(id)).toEqual([]);
  }

  describe('a decision', () => {
    it('is not taken in another browser, even with a form token of that one', async () => {
      const [application, person, mallory] = [await newApplication(site), await newPerson(site), await newPerson(site)];
      const [browser, other] = [await loggedIn(person), await loggedIn(mallory)];
      const page = await browser.open(authorizeUrl(application));
      const { csrf = '' } = formTo(await other.open(authorizeUrl(application)), form).fields;
      const done = await other.press(page, form, { ...authorize, csrf });
      expect([done.status, done.location]).toEqual([303, expect.stringMatching(/^\/oauth2\/authorize\/\?resume=/)]);
      await expectNothingGiven(done, person, mallory);
    });

    it('is not taken from whoever changed the name of the person on the form', async () => {
      const [application, person, mallory] = [await newApplication(site), await newPerson(site), await newPerson(site)];
      const other = await loggedIn(mallory);
      const page = await other.open(authorizeUrl(application));
      for (const viewer of [String(person.id), '', 'NaN', `0${mallory.id}`, undefined]) {
        const done = await other.press(page, form, { ...authorize, viewer });
        expect(done.status).toBe(303);
        await expectNothingGiven(done, person, mallory);
      }
    });

    it('that was answered gives no second answer, the other way round either', async () => {
      const [application, person] = [await newApplication(site), await newPerson(site)];
      const browser = await loggedIn(person);
      const page = await browser.open(authorizeUrl(application));
      const code = callbackOf(await browser.press(page, form, authorize)).get('code') ?? '';
      for (const decision of ['authorize', 'deny', 'authorize']) {
        const done = await browser.press(page, form, { decision });
        expect([done.status, done.location]).toEqual([410, undefined]);
      }
      // The first answer is as good as before.
      expect((await redeem(site, application, code)).status).toBe(200);
    });

    it('after a log-out in another tab waits for a log-in', async () => {
      const [application, person] = [await newApplication(site), await newPerson(site)];
      const browser = await loggedIn(person);
      const page = await browser.open(authorizeUrl(application));
      await browser.submit(await browser.open('/logout/'), '/logout/');
      for (const decision of ['authorize', 'deny']) {
        const done = await browser.submit(page, form, { decision });
        expect(done.url.pathname).toBe('/login/');
        await expectNothingGiven(done, person);
      }
    });

    it('does not get around the fresh log-in that the application wants', async () => {
      const [application, person] = [await newApplication(site), await newPerson(site)];
      const browser = await loggedIn(person);
      const seen = formTo(await browser.open(authorizeUrl(application)), form).fields;
      const login = await browser.open(authorizeUrl(application, { prompt: 'login', state: 'fresh' }));
      const resume = login.url.searchParams.get('resume') ?? '';
      // All that the form would say if the page had been shown.
      const done = await browser.post(form, { ...seen, resume, decision: 'authorize' });
      expect([done.status, done.location]).toEqual([303, `/oauth2/authorize/?resume=${resume}`]);
      await expectNothingGiven(done, person);
      expect((await browser.open(done.location ?? '')).url.pathname).toBe('/login/');
      const consent = await browser.submit(login, '/login/', { email: person.email, password: person.password });
      expect(callbackOf(await browser.press(consent, form, authorize)).get('state')).toBe('fresh');
    });

    it('is refused while the application is suspended, and taken again afterwards', async () => {
      const [application, person] = [await newApplication(site), await newPerson(site)];
      const browser = await loggedIn(person);
      const page = await browser.open(authorizeUrl(application));
      await site.store.applications.setStatus(application.clientId, 'suspended', aChangeRecord);
      for (const decision of ['authorize', 'deny']) {
        const done = await browser.press(page, form, { decision });
        expect([done.status, done.location]).toEqual([400, undefined]);
        await expectNothingGiven(done, person);
      }
      await site.store.applications.setStatus(application.clientId, 'active', aChangeRecord);
      const again = await browser.open(authorizeUrl(application));
      expect(callbackOf(await browser.press(again, form, authorize)).has('code')).toBe(true);
    });

    it('is nobody’s when the account was disabled, and can be taken once it is enabled', async () => {
      const [application, person] = [await newApplication(site), await newPerson(site)];
      const browser = await loggedIn(person);
      const page = await browser.open(authorizeUrl(application, { state: 'kept' }));
      await site.store.users.setDisabled(person.id, Date.now(), aChangeRecord);
      const login = await browser.submit(page, form, authorize);
      expect(login.url.pathname).toBe('/login/');
      const refused = await browser.submit(login, '/login/', { email: person.email, password: person.password });
      expect([refused.status, textOf(refused.html).includes(person.email)]).toEqual([400, false]);
      await expectNothingGiven(refused, person);
      await site.store.users.setDisabled(person.id, null, aChangeRecord);
      const consent = await browser.submit(refused, '/login/', { email: person.email, password: person.password });
      expect(callbackOf(await browser.press(consent, form, authorize)).get('state')).toBe('kept');
    });
  });

  describe('a code', () => {
    it('is worth nothing once the account is disabled or the application suspended', async () => {
      const [application, person] = [await newApplication(site), await newPerson(site)];
      const browser = await loggedIn(person);
      const page = await browser.open(authorizeUrl(application));
      const code = callbackOf(await browser.press(page, form, authorize)).get('code') ?? '';
      await site.store.users.setDisabled(person.id, Date.now(), aChangeRecord);
      const disabled = await redeem(site, application, code);
      expect([disabled.status, disabled.body.error]).toEqual([400, 'invalid_grant']);
      await site.store.applications.setStatus(application.clientId, 'suspended', aChangeRecord);
      const suspended = await redeem(site, application, code);
      expect([suspended.status, suspended.body.error]).toEqual([401, 'invalid_client']);
    });
  });
});
