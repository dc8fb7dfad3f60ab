import { describe, expect, it } from 'vitest';
import { authorizeUrl, requestToken } from '../../support/oauth.ts';
import { newUser, type TestUser, testCallback } from '../../support/site/fixtures.ts';
import { HttpBrowser, type Page, visibleText } from '../../support/site/http-browser.ts';
import { registrationIdOf, shownSecret, submitRegistration, validAnswers } from '../../support/site/registration.ts';
import { onEachEngine } from '../../support/site/site.ts';

onEachEngine((site) => {
  async function loggedIn(person: TestUser): Promise<HttpBrowser> {
    const browser = new HttpBrowser(site.url);
    await browser.logIn(person);
    return browser;
  }

  /** An applicant and an administrator, each with a browser. */
  async function twoSides() {
    const [applicant, administrator] = [
      await newUser(site),
      await newUser(site, { administratorRole: 'administrator' }),
    ];
    return {
      applicant,
      administrator,
      applicantBrowser: await loggedIn(applicant),
      adminBrowser: await loggedIn(administrator),
    };
  }

  async function mailsTo(person: TestUser): Promise<readonly string[]> {
    const { rows } = await site.store.mails.list({ limit: 50, to: person.email });
    return rows.map(({ subject }) => subject);
  }

  describe('from the form to the first token', () => {
    it('takes a question, a reply and the approval, on the pages of both sides', async () => {
      const { applicant, administrator, applicantBrowser, adminBrowser } = await twoSides();
      const submitted = await submitRegistration(applicantBrowser);
      const id = registrationIdOf(submitted);
      expect(visibleText(submitted.html)).toContain('In the queue');
      expect(await mailsTo(administrator)).toContain('New registration: Peak Planner');

      const review = `/admin/registrations/${id}/`;
      const queue = await adminBrowser.open('/admin/registrations/');
      expect(queue.html).toContain(review);
      const questioned = await adminBrowser.submit(await adminBrowser.open(review), review, {
        act: 'ask',
        field: 'storage',
        text: 'Which provider is it?',
      });
      expect(visibleText(questioned.html)).toContain('Which provider is it?');
      expect(await mailsTo(applicant)).toContain('Questions about Peak Planner');

      const page = `/developer/registrations/${id}/`;
      const question = await applicantBrowser.open(page);
      expect(visibleText(question.html)).toContain('Waiting for your reply');
      expect(visibleText(question.html)).toContain('About: Where the data is stored');
      const replied = await applicantBrowser.submit(question, page, { text: 'It is Exoscale.' });
      expect(visibleText(replied.html)).toContain('In the queue');
      expect(await mailsTo(administrator)).toContain('Reply: Peak Planner');

      const approve = `${review}approve/`;
      const approved = await adminBrowser.submit(await adminBrowser.open(approve), approve, { text: 'Welcome.' });
      expect(visibleText(approved.html)).toContain('Approved');
      expect(await mailsTo(applicant)).toContain('Peak Planner is approved');

      const ready = await applicantBrowser.open(page);
      const clientId = /\/developer\/applications\/(insiders_app_[A-Za-z0-9]+)\/secrets\//.exec(ready.html)?.[1] ?? '';
      const secrets = `/developer/applications/${clientId}/secrets/`;
      const created = await applicantBrowser.submit(await applicantBrowser.open(secrets), secrets);
      const clientSecret = shownSecret(created);
      expect(clientSecret).toMatch(/^insiders_secret_/);
      expect((await applicantBrowser.open(secrets)).html).not.toContain(clientSecret);

      const user = await newUser(site);
      const browser = await loggedIn(user);
      const application = { id: '', clientId, clientSecret, redirectUri: testCallback, name: 'Peak Planner' };
      const consent = await browser.open(authorizeUrl(application));
      expect(visibleText(consent.html)).toContain('Peak Analytics');
      const back = await browser.press(consent, '/oauth2/authorize/', { decision: 'authorize' });
      const code = new URL(back.location ?? '').searchParams.get('code') ?? '';
      const tokens = await requestToken(site, application, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: testCallback,
      });
      expect(tokens.status).toBe(200);
    });

    it('creates no application but the sandbox before the approval', async () => {
      const { applicantBrowser } = await twoSides();
      const id = registrationIdOf(await submitRegistration(applicantBrowser));
      const registration = await site.store.registrations.find(id, 'platform');
      expect(registration?.applicationId).toBeNull();
      const { rows } = await site.store.applications.search({ limit: 10, text: 'Peak Planner' });
      expect(rows.every(({ sandboxUserId }) => sandboxUserId !== null || rows.length > 0)).toBe(true);
      const sandbox = await site.store.applications.find(registration?.sandboxId ?? '');
      expect(sandbox?.sandboxUserId).not.toBeNull();
    });
  });

  describe('the form', () => {
    it('is saved as a draft even if it can’t be submitted', async () => {
      const applicantBrowser = await loggedIn(await newUser(site));
      const form = await applicantBrowser.open('/developer/register/');
      const refused = await applicantBrowser.press(form, '/developer/register/', {
        productName: 'Half done',
        act: 'submit',
      });
      expect(refused.status).toBe(400);
      expect(visibleText(refused.html)).toContain('Organisation is missing.');
      const again = await applicantBrowser.open('/developer/register/');
      expect(again.html).toContain('value="Half done"');
      expect(await site.store.registrations.overview()).toMatchObject({ counts: {} });
    });

    it('is not overwritten by an older window', async () => {
      const applicantBrowser = await loggedIn(await newUser(site));
      const [older, newer] = [
        await applicantBrowser.open('/developer/register/'),
        await applicantBrowser.open('/developer/register/'),
      ];
      await applicantBrowser.submit(newer, '/developer/register/', { productName: 'Newer', act: 'save' });
      const lost = await applicantBrowser.press(older, '/developer/register/', { productName: 'Older', act: 'save' });
      expect(lost.status).toBe(409);
      expect((await applicantBrowser.open('/developer/register/')).html).toContain('value="Newer"');
    });

    it.each([
      ['HTML in the name', { productName: '<script>alert(1)</script>' }, 200],
      ['an emoji where the name of the sandbox is cut', { productName: `${'x'.repeat(89)}🦊 and more` }, 200],
      ['a joined emoji in the name', { productName: 'Peak 👩\u200d🚀' }, 400],
      ['a website of 250 emoji', { website: `https://peak.example/${'🦊'.repeat(250)}` }, 400],
      ['a bidi override in the name', { productName: 'Peak\u202eSMA' }, 400],
      ['a javascript: callback', { callbacks: 'javascript:alert(1)' }, 400],
      ['a callback with a wildcard', { callbacks: 'https://*.ams.example/' }, 400],
      ['two grant types', { grantType: 'authorization_code password' }, 400],
      ['the password grant without a reason', { grantType: 'password' }, 400],
    ])('handles %s', async (_what, answers, status) => {
      const applicantBrowser = await loggedIn(await newUser(site));
      const page = await submitRegistration(applicantBrowser, answers);
      expect(page.status).toBe(status);
      expect(page.html).not.toContain('<script>alert');
      expect(visibleText(page.html)).not.toContain('\u202e');
    });

    it('refuses 10 MB, and the draft stays as it was', async () => {
      const applicantBrowser = await loggedIn(await newUser(site));
      const form = await applicantBrowser.open('/developer/register/');
      await applicantBrowser.submit(form, '/developer/register/', { productName: 'Kept', act: 'save' });
      const huge = await applicantBrowser
        .press(await applicantBrowser.open('/developer/register/'), '/developer/register/', {
          purpose: 'x'.repeat(10_000_000),
        })
        .catch(() => undefined);
      // The server may close the connection before the whole form was sent.
      expect([413, undefined]).toContain(huge?.status);
      expect((await applicantBrowser.open('/developer/register/')).html).toContain('value="Kept"');
    });

    it('checks callbacks for a script with the rule of the form', async () => {
      const applicantBrowser = await loggedIn(await newUser(site));
      const value = encodeURIComponent('https://ams.example/callback/\nhttp://ams.example/\nhttps://ams.example/#x');
      const page = await applicantBrowser.send(`/developer/check-callbacks/?kind=server&value=${value}`);
      const { results } = JSON.parse(page.html);
      expect(results.map(({ good }: { good: boolean }) => good)).toEqual([true, false, false]);
    });
  });

  describe('a decision', () => {
    const approveOf = (id: string) => `/admin/registrations/${id}/approve/`;

    it('is made once, even by two administrators at the same time', async () => {
      const { applicantBrowser, adminBrowser } = await twoSides();
      const other = await loggedIn(await newUser(site, { administratorRole: 'administrator' }));
      const id = registrationIdOf(await submitRegistration(applicantBrowser, { productName: 'Decided once' }));
      const path = approveOf(id);
      const [first, second] = [await adminBrowser.open(path), await other.open(path)];
      const answers = await Promise.all([adminBrowser.press(first, path), other.press(second, path)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
      const { rows } = await site.store.applications.search({ limit: 10, text: 'Decided once', status: 'active' });
      expect(rows).toHaveLength(1);
      const third = await adminBrowser.press(first, path);
      expect(third.status).toBe(409);
    });

    it('is refused if the registration changed after the form was shown', async () => {
      const { applicantBrowser, adminBrowser } = await twoSides();
      const id = registrationIdOf(await submitRegistration(applicantBrowser));
      const path = approveOf(id);
      const form = await adminBrowser.open(path);
      const page = `/developer/registrations/${id}/`;
      await applicantBrowser.submit(await applicantBrowser.open(page), page, {
        text: 'One more thing: we changed our minds.',
      });
      const response = await adminBrowser.press(form, path);
      expect(response.status).toBe(409);
      expect(visibleText(response.html)).toContain('One more thing');
      expect((await site.store.registrations.find(id, 'platform'))?.state).toBe('submitted');
    });

    it('can be appealed', async () => {
      const { applicant, applicantBrowser, adminBrowser } = await twoSides();
      const id = registrationIdOf(await submitRegistration(applicantBrowser));
      const path = `/admin/registrations/${id}/decline/`;
      const without = await adminBrowser.press(await adminBrowser.open(path), path, { text: '' });
      expect(without.status).toBe(400);
      await adminBrowser.submit(await adminBrowser.open(path), path, { text: 'The privacy policy is missing.' });
      expect(await mailsTo(applicant)).toContain('Peak Planner is not approved');
      const page = `/developer/registrations/${id}/`;
      const appealed = await applicantBrowser.submit(await applicantBrowser.open(page), page, {
        text: 'It is online now.',
      });
      expect(visibleText(appealed.html)).toContain('In the queue');
    });

    it('suspends the sandbox', async () => {
      const { applicantBrowser, adminBrowser } = await twoSides();
      const id = registrationIdOf(await submitRegistration(applicantBrowser));
      const path = approveOf(id);
      await adminBrowser.submit(await adminBrowser.open(path), path);
      const registration = await site.store.registrations.find(id, 'platform');
      const sandbox = await site.store.applications.find(registration?.sandboxId ?? '');
      expect(sandbox?.status).toBe('suspended');
    });
  });

  it('shows notes to administrators only, and sends no mail about them', async () => {
    const { applicant, applicantBrowser, adminBrowser } = await twoSides();
    const id = registrationIdOf(await submitRegistration(applicantBrowser));
    const before = (await mailsTo(applicant)).length;
    const review = `/admin/registrations/${id}/`;
    const noted = await adminBrowser.submit(await adminBrowser.open(review), review, {
      act: 'note',
      text: 'Ask legal first.',
    });
    expect(visibleText(noted.html)).toContain('Ask legal first.');
    expect(visibleText((await applicantBrowser.open(`/developer/registrations/${id}/`)).html)).not.toContain(
      'Ask legal',
    );
    expect((await mailsTo(applicant)).length).toBe(before);
  });

  it('writes an entry of the audit log for each step, with the resulting state', async () => {
    const { applicant, administrator, applicantBrowser, adminBrowser } = await twoSides();
    const id = registrationIdOf(await submitRegistration(applicantBrowser));
    const [review, page] = [`/admin/registrations/${id}/`, `/developer/registrations/${id}/`];
    for (const act of ['ask', 'message', 'note']) {
      await adminBrowser.submit(await adminBrowser.open(review), review, { act, text: 'Which provider is it?' });
    }
    await applicantBrowser.submit(await applicantBrowser.open(page), page, { text: 'It is Exoscale.' });
    await adminBrowser.submit(await adminBrowser.open(`${review}decline/`), `${review}decline/`, {
      text: 'Too vague.',
    });
    await applicantBrowser.submit(await applicantBrowser.open(page), page, { text: 'Please look again.' });
    await applicantBrowser.submit(await applicantBrowser.open(`${page}withdraw/`), `${page}withdraw/`);
    const { entries } = await site.store.audit.list({ subject: `registration:${id}`, limit: 10 });
    const byApplicant = { kind: 'user', id: applicant.id };
    const byAdministrator = { kind: 'user', id: administrator.id };
    expect(entries.toReversed().map(({ action, detail, actor }) => [action, detail?.state, actor])).toEqual([
      ['registration.submitted', 'submitted', byApplicant],
      ['registration.information_requested', 'information_requested', byAdministrator],
      ['registration.message_sent', 'information_requested', byAdministrator],
      ['registration.note_added', 'information_requested', byAdministrator],
      ['registration.answered', 'submitted', byApplicant],
      ['registration.declined', 'declined', byAdministrator],
      ['registration.answered', 'submitted', byApplicant],
      ['registration.withdrawn', 'withdrawn', byApplicant],
    ]);
  });

  it('is not visible to other users', async () => {
    const { applicantBrowser } = await twoSides();
    const id = registrationIdOf(await submitRegistration(applicantBrowser));
    const stranger = await loggedIn(await newUser(site));
    const pages: Page[] = [
      await stranger.send(`/developer/registrations/${id}/`),
      await stranger.send(`/developer/registrations/${id}/edit/`),
      await stranger.send(`/admin/registrations/${id}/`),
    ];
    expect(pages.map(({ status }) => status)).toEqual([404, 404, 404]);
    const form = await stranger.open('/developer/register/');
    const posted = await stranger.press(form, '/developer/register/', { version: '0' });
    expect(posted.status).toBe(303);
    expect((await stranger.post(`/developer/registrations/${id}/`, { text: 'x' })).status).toBe(403);
  });

  it('changes answers together with a reply', async () => {
    const { applicantBrowser } = await twoSides();
    const id = registrationIdOf(await submitRegistration(applicantBrowser));
    const path = `/developer/registrations/${id}/edit/`;
    const form = await applicantBrowser.open(path);
    const values = { ...validAnswers, storage: 'In Geneva', text: 'We moved.' };
    const changed = await applicantBrowser.submit(form, path, values);
    expect(visibleText(changed.html)).toContain('In Geneva');
    const empty = await applicantBrowser.press(await applicantBrowser.open(path), path, { ...validAnswers, text: '' });
    expect(empty.status).toBe(400);
  });

  it('has a position in the queue', async () => {
    const { applicantBrowser } = await twoSides();
    const first = registrationIdOf(await submitRegistration(applicantBrowser));
    const second = registrationIdOf(await submitRegistration(applicantBrowser));
    const place = async (id: string) => {
      const registration = await site.store.registrations.find(id, 'platform');
      return registration === undefined ? Number.NaN : site.store.registrations.position(registration);
    };
    expect((await place(second)) - (await place(first))).toBe(1);
  });
});
