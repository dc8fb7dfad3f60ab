import { describe, expect, it } from 'vitest';
import { Browser, type Page, textOf } from '../../support/client.ts';
import { authorizeUrl, requestToken } from '../../support/oauth.ts';
import { callback, newPerson, type Person } from '../../support/people.ts';
import { goodAnswers, registrationIdOf, shownSecret, submitRegistration } from '../../support/registration.ts';
import { onEachSite } from '../../support/server.ts';

onEachSite((site) => {
  async function loggedIn(person: Person): Promise<Browser> {
    const browser = new Browser(site.url);
    await browser.logIn(person);
    return browser;
  }

  /** An integrator and an administrator, each in a browser of their own. */
  async function twoSides() {
    const [applicant, administrator] = [
      await newPerson(site),
      await newPerson(site, { administratorRole: 'administrator' }),
    ];
    return { applicant, administrator, own: await loggedIn(applicant), staff: await loggedIn(administrator) };
  }

  async function mailsTo(person: Person): Promise<readonly string[]> {
    const { rows } = await site.store.mails.list({ limit: 50, to: person.email });
    return rows.map(({ subject }) => subject);
  }

  describe('from the form to the first token', () => {
    it('goes by a question and an answer, seen from both sides', async () => {
      const { applicant, administrator, own, staff } = await twoSides();
      const submitted = await submitRegistration(own);
      const id = registrationIdOf(submitted);
      expect(textOf(submitted.html)).toContain('In the queue');
      expect(await mailsTo(administrator)).toContain('New registration: Peak Planner');

      const review = `/admin/registrations/${id}/`;
      const queue = await staff.open('/admin/registrations/');
      expect(queue.html).toContain(review);
      const asked = await staff.submit(await staff.open(review), review, {
        act: 'ask',
        field: 'storage',
        text: 'Which provider is it?',
      });
      expect(textOf(asked.html)).toContain('Which provider is it?');
      expect(await mailsTo(applicant)).toContain('Questions about Peak Planner');

      const page = `/developer/registrations/${id}/`;
      const question = await own.open(page);
      expect(textOf(question.html)).toContain('Waiting for your reply');
      expect(textOf(question.html)).toContain('About: Where the data is stored');
      const replied = await own.submit(question, page, { text: 'It is Exoscale.' });
      expect(textOf(replied.html)).toContain('In the queue');
      expect(await mailsTo(administrator)).toContain('Reply: Peak Planner');

      const approve = `${review}approve/`;
      const approved = await staff.submit(await staff.open(approve), approve, { text: 'Welcome.' });
      expect(textOf(approved.html)).toContain('Approved');
      expect(await mailsTo(applicant)).toContain('Peak Planner is approved');

      const ready = await own.open(page);
      const clientId = /\/developer\/applications\/(insiders_app_[A-Za-z0-9]+)\/secrets\//.exec(ready.html)?.[1] ?? '';
      const secrets = `/developer/applications/${clientId}/secrets/`;
      const made = await own.submit(await own.open(secrets), secrets);
      const clientSecret = shownSecret(made);
      expect(clientSecret).toMatch(/^insiders_secret_/);
      expect((await own.open(secrets)).html).not.toContain(clientSecret);

      const user = await newPerson(site);
      const browser = await loggedIn(user);
      const application = { id: '', clientId, clientSecret, redirectUri: callback, name: 'Peak Planner' };
      const consent = await browser.open(authorizeUrl(application));
      expect(textOf(consent.html)).toContain('Peak Analytics');
      const back = await browser.press(consent, '/oauth2/authorize/', { decision: 'authorize' });
      const code = new URL(back.location ?? '').searchParams.get('code') ?? '';
      const tokens = await requestToken(site, application, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: callback,
      });
      expect(tokens.status).toBe(200);
    });

    it('gives nothing that works before approval, but for the sandbox', async () => {
      const { own } = await twoSides();
      const id = registrationIdOf(await submitRegistration(own));
      const registration = await site.store.registrations.find(id, 'platform');
      expect(registration?.applicationId).toBeNull();
      const { rows } = await site.store.applications.search({ limit: 10, text: 'Peak Planner' });
      expect(rows.every(({ sandboxUserId }) => sandboxUserId !== null || rows.length > 0)).toBe(true);
      const sandbox = await site.store.applications.find(registration?.sandboxId ?? '');
      expect(sandbox?.sandboxUserId).not.toBeNull();
    });
  });

  describe('the form', () => {
    it('is kept as a draft, also when it cannot be submitted', async () => {
      const own = await loggedIn(await newPerson(site));
      const form = await own.open('/developer/register/');
      const wrong = await own.press(form, '/developer/register/', { productName: 'Half done', act: 'submit' });
      expect(wrong.status).toBe(400);
      expect(textOf(wrong.html)).toContain('Organisation is missing.');
      const again = await own.open('/developer/register/');
      expect(again.html).toContain('value="Half done"');
      expect(await site.store.registrations.overview()).toMatchObject({ counts: {} });
    });

    it('is not overwritten by an older window', async () => {
      const own = await loggedIn(await newPerson(site));
      const [older, newer] = [await own.open('/developer/register/'), await own.open('/developer/register/')];
      await own.submit(newer, '/developer/register/', { productName: 'Newer', act: 'save' });
      const lost = await own.press(older, '/developer/register/', { productName: 'Older', act: 'save' });
      expect(lost.status).toBe(409);
      expect((await own.open('/developer/register/')).html).toContain('value="Newer"');
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
      const own = await loggedIn(await newPerson(site));
      const page = await submitRegistration(own, answers);
      expect(page.status).toBe(status);
      expect(page.html).not.toContain('<script>alert');
      expect(textOf(page.html)).not.toContain('\u202e');
    });

    it('refuses 10 MB, and nothing is lost of what was there', async () => {
      const own = await loggedIn(await newPerson(site));
      const form = await own.open('/developer/register/');
      await own.submit(form, '/developer/register/', { productName: 'Kept', act: 'save' });
      const huge = await own
        .press(await own.open('/developer/register/'), '/developer/register/', { purpose: 'x'.repeat(10_000_000) })
        .catch(() => undefined);
      // The server may end the connection before all of it was sent.
      expect([413, undefined]).toContain(huge?.status);
      expect((await own.open('/developer/register/')).html).toContain('value="Kept"');
    });

    it('tells a script what is wrong with a callback, by the rule that the form is checked by', async () => {
      const own = await loggedIn(await newPerson(site));
      const value = encodeURIComponent('https://ams.example/callback/\nhttp://ams.example/\nhttps://ams.example/#x');
      const page = await own.send(`/developer/check-callbacks/?kind=server&value=${value}`);
      const { results } = JSON.parse(page.html);
      expect(results.map(({ good }: { good: boolean }) => good)).toEqual([true, false, false]);
    });
  });

  describe('a decision', () => {
    const approveOf = (id: string) => `/admin/registrations/${id}/approve/`;

    it('is made once, also by two administrators at once', async () => {
      const { own, staff } = await twoSides();
      const other = await loggedIn(await newPerson(site, { administratorRole: 'administrator' }));
      const id = registrationIdOf(await submitRegistration(own, { productName: 'Decided once' }));
      const path = approveOf(id);
      const [mine, theirs] = [await staff.open(path), await other.open(path)];
      const answers = await Promise.all([staff.press(mine, path), other.press(theirs, path)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
      const { rows } = await site.store.applications.search({ limit: 10, text: 'Decided once', status: 'active' });
      expect(rows).toHaveLength(1);
      const third = await staff.press(mine, path);
      expect(third.status).toBe(409);
    });

    it('is not made on what was not seen', async () => {
      const { own, staff } = await twoSides();
      const id = registrationIdOf(await submitRegistration(own));
      const path = approveOf(id);
      const form = await staff.open(path);
      const page = `/developer/registrations/${id}/`;
      await own.submit(await own.open(page), page, { text: 'One more thing: we changed our minds.' });
      const answer = await staff.press(form, path);
      expect(answer.status).toBe(409);
      expect(textOf(answer.html)).toContain('One more thing');
      expect((await site.store.registrations.find(id, 'platform'))?.state).toBe('submitted');
    });

    it('can be appealed', async () => {
      const { applicant, own, staff } = await twoSides();
      const id = registrationIdOf(await submitRegistration(own));
      const path = `/admin/registrations/${id}/decline/`;
      const without = await staff.press(await staff.open(path), path, { text: '' });
      expect(without.status).toBe(400);
      await staff.submit(await staff.open(path), path, { text: 'The privacy policy is missing.' });
      expect(await mailsTo(applicant)).toContain('Peak Planner is not approved');
      const page = `/developer/registrations/${id}/`;
      const appealed = await own.submit(await own.open(page), page, { text: 'It is online now.' });
      expect(textOf(appealed.html)).toContain('In the queue');
    });

    it('ends the sandbox', async () => {
      const { own, staff } = await twoSides();
      const id = registrationIdOf(await submitRegistration(own));
      const path = approveOf(id);
      await staff.submit(await staff.open(path), path);
      const registration = await site.store.registrations.find(id, 'platform');
      const sandbox = await site.store.applications.find(registration?.sandboxId ?? '');
      expect(sandbox?.status).toBe('suspended');
    });
  });

  it('shows notes to the staff only, and tells nobody of them', async () => {
    const { applicant, own, staff } = await twoSides();
    const id = registrationIdOf(await submitRegistration(own));
    const before = (await mailsTo(applicant)).length;
    const review = `/admin/registrations/${id}/`;
    const noted = await staff.submit(await staff.open(review), review, { act: 'note', text: 'Ask legal first.' });
    expect(textOf(noted.html)).toContain('Ask legal first.');
    expect(textOf((await own.open(`/developer/registrations/${id}/`)).html)).not.toContain('Ask legal');
    expect((await mailsTo(applicant)).length).toBe(before);
  });

  it('leaves an entry in the audit log for each step, with the state that it led to', async () => {
    const { applicant, administrator, own, staff } = await twoSides();
    const id = registrationIdOf(await submitRegistration(own));
    const [review, page] = [`/admin/registrations/${id}/`, `/developer/registrations/${id}/`];
    for (const act of ['ask', 'message', 'note']) {
      await staff.submit(await staff.open(review), review, { act, text: 'Which provider is it?' });
    }
    await own.submit(await own.open(page), page, { text: 'It is Exoscale.' });
    await staff.submit(await staff.open(`${review}decline/`), `${review}decline/`, { text: 'Too vague.' });
    await own.submit(await own.open(page), page, { text: 'Please look again.' });
    await own.submit(await own.open(`${page}withdraw/`), `${page}withdraw/`);
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

  it('is nobody else’s to see', async () => {
    const { own } = await twoSides();
    const id = registrationIdOf(await submitRegistration(own));
    const stranger = await loggedIn(await newPerson(site));
    const seen: Page[] = [
      await stranger.send(`/developer/registrations/${id}/`),
      await stranger.send(`/developer/registrations/${id}/edit/`),
      await stranger.send(`/admin/registrations/${id}/`),
    ];
    expect(seen.map(({ status }) => status)).toEqual([404, 404, 404]);
    const form = await stranger.open('/developer/register/');
    const posted = await stranger.press(form, '/developer/register/', { version: '0' });
    expect(posted.status).toBe(303);
    expect((await stranger.post(`/developer/registrations/${id}/`, { text: 'x' })).status).toBe(403);
  });

  it('changes answers together with a reply', async () => {
    const { own } = await twoSides();
    const id = registrationIdOf(await submitRegistration(own));
    const path = `/developer/registrations/${id}/edit/`;
    const form = await own.open(path);
    const values = { ...goodAnswers, storage: 'In Geneva', text: 'We moved.' };
    const changed = await own.submit(form, path, values);
    expect(textOf(changed.html)).toContain('In Geneva');
    const empty = await own.press(await own.open(path), path, { ...goodAnswers, text: '' });
    expect(empty.status).toBe(400);
  });

  it('knows its place in the queue', async () => {
    const { own } = await twoSides();
    const first = registrationIdOf(await submitRegistration(own));
    const second = registrationIdOf(await submitRegistration(own));
    const place = async (id: string) => {
      const registration = await site.store.registrations.find(id, 'platform');
      return registration === undefined ? Number.NaN : site.store.registrations.position(registration);
    };
    expect((await place(second)) - (await place(first))).toBe(1);
  });
});
