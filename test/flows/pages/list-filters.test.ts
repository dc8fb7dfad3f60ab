import { describe, expect, it } from 'vitest';
import { systemRandom } from '../../../src/system/random.ts';
import { setCallbacks } from '../../../src/use-cases/applications.ts';
import { newApplication, newUser, type TestUser, uniqueText } from '../../support/site/fixtures.ts';
import { HttpBrowser, visibleText } from '../../support/site/http-browser.ts';
import { onEachEngine } from '../../support/site/site.ts';

onEachEngine((site) => {
  async function openAdminBrowser(): Promise<HttpBrowser> {
    const browser = new HttpBrowser(site.url);
    await browser.logIn(await newUser(site, { administratorRole: 'administrator' }));
    return browser;
  }

  /** Makes an entry of the audit log by this person, about this application. */
  async function change(person: TestUser, clientId: string, callbacks = [`https://${uniqueText()}.example/callback`]) {
    const actor = { kind: 'user', id: person.id } as const;
    const context = { store: site.store, random: systemRandom, now: Date.now(), actor, publicUrl: site.url };
    expect(await setCallbacks(context, clientId, callbacks)).toEqual({ outcome: 'changed' });
    return callbacks;
  }

  const rowsOf = (html: string) => (html.match(/<tr>/g) ?? []).length - (html.includes('<thead>') ? 1 : 0);

  /** A wrong filter: there are no rows, the summary links to the field, and the field is marked. */
  async function expectRefused(
    browser: HttpBrowser,
    target: string,
    field: string | null,
    message: string,
  ): Promise<void> {
    const page = await browser.send(target);
    expect([target, page.status, rowsOf(page.html)]).toEqual([target, 400, 0]);
    expect(visibleText(page.html)).toContain(message);
    expect(page.html).not.toContain('Nothing found.');
    if (field === null) return;
    expect(page.html).toContain(`<a href="#${field}">`);
    expect(page.html).toMatch(new RegExp(`id="${field}"[^>]*aria-invalid="true"`));
  }

  describe('the audit log', () => {
    it('finds the actor by email address and by ID, and no other actor', async () => {
      const adminBrowser = await openAdminBrowser();
      const [one, other, application] = [await newUser(site), await newUser(site), await newApplication(site)];
      const [first] = await change(one, application.clientId);
      const [second] = await change(other, application.clientId);
      for (const actor of [one.email, one.email.toUpperCase(), ` ${one.email} `, `user:${one.id}`]) {
        const found = await adminBrowser.open(`/admin/audit/?actor=${encodeURIComponent(actor)}`);
        const text = visibleText(found.html);
        expect([actor, rowsOf(found.html), text.includes(`+ added ${first}`)]).toEqual([actor, 1, true]);
        expect(text).not.toContain(`+ added ${second}`);
        expect(found.html).toContain(`value="${actor.trim()}"`);
      }
    });

    it('finds the subject by client ID, by name and by email address', async () => {
      const adminBrowser = await openAdminBrowser();
      const name = `Ärzte ${uniqueText()}`;
      const [person, application] = [await newUser(site), await newApplication(site, { name })];
      const role = await newUser(site);
      await change(person, application.clientId);
      const rolePath = `/admin/users/${role.id}/role/`;
      await adminBrowser.submit(await adminBrowser.open(rolePath), rolePath, { role: 'auditor' });
      for (const subject of [application.clientId, `application:${application.clientId}`, name, name.toUpperCase()]) {
        const found = await adminBrowser.open(`/admin/audit/?subject=${encodeURIComponent(subject)}`);
        expect([subject, rowsOf(found.html)]).toEqual([subject, 1]);
        expect(visibleText(found.html)).toContain('application.callbacks_changed');
      }
      const found = await adminBrowser.open(`/admin/audit/?subject=${encodeURIComponent(role.email)}`);
      // The account was created, and got a role.
      expect([rowsOf(found.html), visibleText(found.html).includes('user.role_changed')]).toEqual([2, true]);
    });

    it('refuses an ambiguous name, and names the candidates', async () => {
      const adminBrowser = await openAdminBrowser();
      const name = `Peak ${uniqueText()}`;
      const [one, other] = [await newApplication(site, { name }), await newApplication(site, { name })];
      const message = `Several are called ${name}`;
      await expectRefused(adminBrowser, `/admin/audit/?actor=${encodeURIComponent(name)}`, 'actor', message);
      const text = visibleText((await adminBrowser.open(`/admin/audit/?subject=${encodeURIComponent(name)}`)).html);
      for (const { clientId } of [one, other]) expect(text).toContain(`application:${clientId}`);
    });

    it.each([
      ['actor=nobody@club.example', 'actor', 'No user or application has'],
      ['actor=Nobody%20Anywhere', 'actor', 'No user or application has'],
      ['actor=user:x', 'actor', 'No user or application has'],
      ['actor=application:', 'actor', 'No user or application has'],
      [`actor=${'x'.repeat(101)}`, 'actor', 'at most 100 characters'],
      ['actor=user:1&actor=user:2', 'actor', 'more than once'],
      ['actor=user:1&actor=', 'actor', 'more than once'],
      ['subject=nobody@club.example', 'subject', 'No user or application has'],
      ['subject=insiders_app_unknown', 'subject', 'No user or application has'],
      ['subject=planet:1', 'subject', 'No user or application has'],
      ['action=application.exploded', 'action', 'No event is called application.exploded'],
      ['action=exploded.', 'action', 'No event is called exploded.'],
      ['action=Application', 'action', 'No event is called Application'],
      ['since=yesterday', 'since', 'a day'],
      ['since=2026-02-30', 'since', 'a day'],
      ['until=31.12.2026', 'until', 'a day'],
      ['until=2026-13-01', 'until', 'a day'],
      [`q=${'x'.repeat(101)}`, 'q', 'at most 100 characters'],
      ['q=a&q=b', 'q', 'more than once'],
      ['after=x', null, 'This address names a place in the list that does not exist'],
      ['after=-1', null, 'This address names a place in the list that does not exist'],
    ])('shows no entries for %s, and says why', async (query, field, message) => {
      await expectRefused(await openAdminBrowser(), `/admin/audit/?${query}`, field, message);
    });

    it('shows an empty list for valid filters without a match', async () => {
      const adminBrowser = await openAdminBrowser();
      for (const query of ['action=backup.restored', 'action=backup.', 'actor=user:999999', 'subject=device:999999']) {
        const page = await adminBrowser.open(`/admin/audit/?${query}`);
        expect([query, page.status, visibleText(page.html).includes('Nothing found.')]).toEqual([query, 200, true]);
      }
    });

    it('exports the entries that are shown, and nothing for a wrong filter', async () => {
      const adminBrowser = await openAdminBrowser();
      const [person, application] = [await newUser(site), await newApplication(site)];
      const [first] = await change(person, application.clientId);
      await change(await newUser(site), application.clientId);
      const page = await adminBrowser.open(`/admin/audit/?actor=${encodeURIComponent(person.email)}`);
      const [, target = ''] = /href="(\/admin\/audit\/export\/\?[^"]*format=jsonl[^"]*)"/.exec(page.html) ?? [];
      const exported = await adminBrowser.send(target.replaceAll('&amp;', '&'));
      const entries = exported.html
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(entries).toMatchObject([{ actor: `user:${person.id}`, after: { redirect_uris: [first] } }]);
      const [exportEntry] = await site.store.audit.latest(1);
      expect(exportEntry).toMatchObject({ action: 'audit.exported', detail: { actor: `user:${person.id}` } });

      for (const query of ['actor=nobody@club.example', 'since=x', 'actor=user:1&actor=user:2', 'format=xml']) {
        const refused = await adminBrowser.send(`/admin/audit/export/?format=csv&${query}`);
        expect([query, refused.status]).toEqual([query, 400]);
        expect(refused.headers.get('content-disposition')).toBeNull();
      }
      expect((await site.store.audit.latest(1))[0]?.at).toBe(exportEntry?.at);
    });
  });

  describe('another list', () => {
    it.each([
      ['/admin/applications/?status=gone', 'status'],
      ['/admin/applications/?status=active&status=suspended', 'status'],
      [`/admin/applications/?q=${'x'.repeat(101)}`, 'q'],
      ['/admin/applications/?after=x', null],
      ['/admin/applications/?after=12', null],
      ['/admin/users/?only=robots', 'only'],
      [`/admin/users/?q=${'x'.repeat(101)}`, 'q'],
      ['/admin/users/?after=abc', null],
      ['/admin/users/?after=1&after=2', null],
      ['/admin/devices/?after=abc', null],
      [`/admin/devices/?q=${'x'.repeat(101)}`, 'q'],
      ['/admin/mails/?state=lost', 'state'],
      ['/admin/mails/?after=abc', null],
      ['/admin/registrations/?state=draft', 'state'],
      ['/admin/registrations/?after=abc', null],
    ])('shows no rows at %s, and says why', async (target, field) => {
      await expectRefused(await openAdminBrowser(), target, field, 'your attention');
    });

    it('of refused requests shows none for a wrong cursor', async () => {
      const [owner, application] = [await newUser(site), await newApplication(site)];
      const event = { at: 1, actor: { kind: 'command-line' }, action: 'test', subject: 'test' } as const;
      const member = { applicationId: application.id, userId: owner.id, role: 'owner', now: 1 } as const;
      await site.store.members.add({ ...member, record: { event } });
      const ownerBrowser = new HttpBrowser(site.url);
      await ownerBrowser.logIn(owner);
      const target = `/developer/applications/${application.clientId}/errors/?after=x`;
      await expectRefused(ownerBrowser, target, null, 'This address names a place in the list that does not exist');
    });
  });

  describe('several callbacks', () => {
    const two = ['http://127.0.0.1:20550/callback', 'https://peak.example/callback/v2'];

    it('are two lines in the audit log, in the history and on the page of the application', async () => {
      const [adminBrowser, owner] = [await openAdminBrowser(), await newUser(site)];
      const application = await newApplication(site, { redirectUris: [two[0] ?? '', 'https://old.example/'] });
      const event = { at: 1, actor: { kind: 'command-line' }, action: 'test', subject: 'test' } as const;
      const member = { applicationId: application.id, userId: owner.id, role: 'owner', now: 1 } as const;
      await site.store.members.add({ ...member, record: { event } });
      await change(owner, application.clientId, two);
      const ownerBrowser = new HttpBrowser(site.url);
      await ownerBrowser.logIn(owner);
      const linesOf = (html: string) => html.split(/<\/?li[^>]*>/).map(visibleText);
      const log = await adminBrowser.open(`/admin/audit/?subject=${application.clientId}`);
      const history = await ownerBrowser.open(`/developer/applications/${application.clientId}/history/`);
      for (const { html } of [log, history]) {
        const lines = linesOf(html);
        for (const line of [two[0], `+ added ${two[1]}`, '− removed https://old.example/']) {
          expect(lines).toContain(line);
        }
      }
      expect(visibleText(history.html)).toContain('Callbacks changed');
      const page = await adminBrowser.open(`/admin/applications/${application.clientId}/`);
      for (const uri of two) expect(linesOf(page.html)).toContain(uri);
    });

    it('are two lines for an old entry that stores them as one text', async () => {
      const [adminBrowser, subject] = [await openAdminBrowser(), `device:${Date.now()}`];
      const event = { at: Date.now(), actor: { kind: 'command-line' }, action: 'device.added', subject } as const;
      await site.store.audit.append({ ...event, before: { uris: 'a\nb' }, after: { uris: 'b\nc' } });
      const lines = (await adminBrowser.open(`/admin/audit/?subject=${subject}`)).html
        .split(/<\/?li[^>]*>/)
        .map(visibleText);
      for (const line of ['− removed a', 'b', '+ added c']) expect(lines).toContain(line);
    });

    it('are a list for programs', async () => {
      const application = await newApplication(site);
      await change(await newUser(site), application.clientId, two);
      const { entries } = await site.store.audit.list({ limit: 1, subject: `application:${application.clientId}` });
      expect(entries[0]?.after).toEqual({ redirect_uris: two });
      const found = await site.store.audit.list({ limit: 1, search: 'callback/V2' });
      expect(found.entries[0]?.id).toBe(entries[0]?.id);
      expect(await site.store.audit.verify()).toMatchObject({ outcome: 'ok' });
    });
  });
});
