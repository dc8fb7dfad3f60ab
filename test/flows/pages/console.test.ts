import { describe, expect, it } from 'vitest';
import { Browser, textOf } from '../../support/client.ts';
import { callApi, obtainTokens } from '../../support/oauth.ts';
import { newApplication, newDevice, newPerson } from '../../support/people.ts';
import { onEachSite } from '../../support/server.ts';
import { later } from '../../support/time.ts';

onEachSite((site) => {
  async function administrator(): Promise<Browser> {
    const browser = new Browser(site.url);
    await browser.logIn(await newPerson(site, { administratorRole: 'administrator' }));
    return browser;
  }

  /** Opens the page of an act, and does it. */
  async function act(browser: Browser, path: string, values: Readonly<Record<string, string>> = {}) {
    return browser.submit(await browser.open(path), path, values);
  }

  const lastAction = async () => (await site.store.audit.latest(1))[0];

  describe('an application', () => {
    it('is suspended and resumed, with a preview of who is hit', async () => {
      const staff = await administrator();
      const application = await newApplication(site);
      const tokens = await obtainTokens(site, application, await newPerson(site));
      const base = `/admin/applications/${application.clientId}/`;
      const preview = await staff.open(`${base}suspend/`);
      expect(textOf(preview.html)).toContain('1 user is affected');
      const done = await staff.submit(preview, `${base}suspend/`, { reason: 'It loops.' });
      expect(textOf(done.html)).toContain('The application is suspended.');
      expect((await callApi(site, tokens.access_token)).status).toBe(401);
      expect(await lastAction()).toMatchObject({
        action: 'application.suspended',
        before: { status: 'active' },
        after: { status: 'suspended' },
      });
      await act(staff, `${base}resume/`);
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
    });

    it('loses all its users once its client id was typed', async () => {
      const staff = await administrator();
      const application = await newApplication(site);
      const tokens = await obtainTokens(site, application, await newPerson(site));
      const path = `/admin/applications/${application.clientId}/revoke-all/`;
      const wrong = await staff.press(await staff.open(path), path, { typed: 'x' });
      expect(wrong.status).toBe(400);
      await act(staff, path, { typed: application.clientId });
      expect((await callApi(site, tokens.access_token)).status).toBe(401);
      expect(await lastAction()).toMatchObject({ action: 'application.all_revoked', detail: { users: 1 } });
    });

    it('gets a policy', async () => {
      const staff = await administrator();
      const application = await newApplication(site);
      const path = `/admin/applications/${application.clientId}/policy/`;
      for (const seconds of ['5', '-1', 'many', '1e9']) {
        const wrong = await staff.press(await staff.open(path), path, { seconds });
        expect([seconds, wrong.status]).toEqual([seconds, 400]);
      }
      await act(staff, path, { seconds: '600', refresh: 'rotate', introspection: 'yes' });
      const found = await site.store.applications.findByClientId(application.clientId);
      expect(found?.application).toMatchObject({
        accessTokenSeconds: 600,
        refreshPolicy: 'rotate',
        resourceServer: true,
      });
    });

    it('gets an owner who is told', async () => {
      const staff = await administrator();
      const [application, owner] = [await newApplication(site), await newPerson(site)];
      const path = `/admin/applications/${application.clientId}/appoint/`;
      const wrong = await staff.press(await staff.open(path), path, { email: 'nobody@club.example' });
      expect(wrong.status).toBe(400);
      await act(staff, path, { email: owner.email.toUpperCase() });
      expect(await site.store.members.roleOf(application.id, owner.id)).toBe('owner');
      const { rows } = await site.store.mails.list({ limit: 1, to: owner.email });
      expect(rows[0]?.subject).toBe('Peak Analytics has a new owner');
    });

    it('has a secret retired, and never shows one', async () => {
      const staff = await administrator();
      const application = await newApplication(site);
      const base = `/admin/applications/${application.clientId}/`;
      const page = await staff.open(base);
      expect(page.html).not.toContain(application.clientSecret ?? '-');
      const [secret] = await site.store.secrets.list(application.id, Date.now());
      await act(staff, `${base}secrets/${secret?.id}/`, { when: 'now' });
      const [retired] = await site.store.secrets.list(application.id, Date.now());
      expect(retired?.validUntil).toBeLessThanOrEqual(Date.now());
      expect((await staff.send(`${base}secrets/unknown/`)).status).toBe(200);
      const form = await staff.open(`${base}secrets/unknown/`);
      expect((await staff.press(form, `${base}secrets/unknown/`, { when: 'now' })).status).toBe(404);
    });

    it('is found by a part of its name, owner or client id, whatever the case', async () => {
      const staff = await administrator();
      const application = await newApplication(site, { name: 'Ärzte 100% Sport' });
      for (const text of ['ÄRZTE', '100%', application.clientId.slice(-8)]) {
        const found = await staff.open(`/admin/applications/?q=${encodeURIComponent(text)}`);
        expect(textOf(found.html)).toContain('Ärzte 100% Sport');
      }
      expect(textOf((await staff.open('/admin/applications/?q=nothing-like-it')).html)).toContain('Nothing found.');
    });
  });

  describe('a user', () => {
    it('is disabled and enabled', async () => {
      const staff = await administrator();
      const person = await newPerson(site);
      const theirs = new Browser(site.url);
      await theirs.logIn(person);
      const base = `/admin/users/${person.id}/`;
      expect(textOf((await staff.open(`${base}disable/`)).html)).toContain('logged out of 1 browser ');
      await act(staff, `${base}disable/`);
      expect((await theirs.send('/account/')).status).toBe(302);
      expect((await site.store.users.find(person.id))?.disabledAt).not.toBeNull();
      await act(staff, `${base}enable/`);
      expect((await theirs.logIn(person)).url.pathname).toBe('/account/');
    });

    it('is logged out everywhere, and loses all applications', async () => {
      const staff = await administrator();
      const person = await newPerson(site);
      const tokens = await obtainTokens(site, await newApplication(site), person);
      const theirs = new Browser(site.url);
      await theirs.logIn(person);
      const base = `/admin/users/${person.id}/`;
      await act(staff, `${base}end-sessions/`);
      expect((await theirs.send('/account/')).status).toBe(302);
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
      await act(staff, `${base}end-authorizations/`);
      expect((await callApi(site, tokens.access_token)).status).toBe(401);
    });

    it('gets a role, and there is always an administrator left', async () => {
      const staff = await administrator();
      const person = await newPerson(site);
      const path = `/admin/users/${person.id}/role/`;
      await act(staff, path, { role: 'auditor' });
      expect((await site.store.users.find(person.id))?.administratorRole).toBe('auditor');
      expect(await lastAction()).toMatchObject({ before: { role: null }, after: { role: 'auditor' } });
      const wrong = await staff.press(await staff.open(path), path, { role: 'emperor' });
      expect(wrong.status).toBe(409);
    });

    it('is not ended by themselves', async () => {
      const self = await newPerson(site, { administratorRole: 'administrator' });
      const browser = new Browser(site.url);
      await browser.logIn(self);
      for (const [act, values] of [
        ['disable', {}],
        ['role', { role: 'none' }],
      ] as const) {
        const path = `/admin/users/${self.id}/${act}/`;
        const answer = await browser.press(await browser.open(path), path, values);
        expect(textOf(answer.html)).toContain('You cannot do this to your own account.');
      }
      expect((await site.store.users.find(self.id))?.administratorRole).toBe('administrator');
    });
  });

  describe('a device', () => {
    it('is added, given to somebody, handed over, and taken away', async () => {
      const staff = await administrator();
      const [anna, ben] = [await newPerson(site), await newPerson(site)];
      const serial = `S${Date.now()}${Math.floor(performance.now())}`;
      const added = await act(staff, '/admin/devices/add/', { serial, name: 'A1B2C3D4E5F6', email: anna.email });
      const path = `${added.url.pathname}assign/`;
      const id = Number(added.url.pathname.split('/').at(-2));
      const owner = async () => (await site.store.devices.findRegistered(id))?.owner?.email ?? null;
      expect(await owner()).toBe(anna.email);
      await act(staff, path, { email: ben.email });
      expect(await owner()).toBe(ben.email);
      const history = await site.store.devices.history(id);
      expect(history.map((each) => each.owner.email)).toEqual([ben.email, anna.email]);
      await act(staff, path, { email: '' });
      expect(await owner()).toBeNull();
      const again = await staff.press(await staff.open('/admin/devices/add/'), '/admin/devices/add/', {
        serial,
        name: 'a1b2c3d4e5f6',
      });
      expect(again.status).toBe(400);
    });

    it('is not taken from somebody who was not seen', async () => {
      const staff = await administrator();
      const device = await newDevice(site, await newPerson(site));
      const path = `/admin/devices/${device.id}/assign/`;
      const form = await staff.open(path);
      const other = await newPerson(site);
      await act(await administrator(), path, { email: other.email });
      const answer = await staff.press(form, path, { email: '' });
      expect(textOf(answer.html)).toContain('The owner was changed meanwhile.');
      expect((await site.store.devices.findRegistered(device.id))?.owner?.email).toBe(other.email);
    });
  });

  describe('a list of devices', () => {
    const path = '/admin/devices/import/';
    const list = (count: number, tag: string) =>
      ['serial_number,device_name', ...Array.from({ length: count }, (_, n) => `${tag}-${n},00112233aabb`)].join('\n');

    it('is previewed, and then registered as a whole, once', async () => {
      const staff = await administrator();
      const tag = `L${Date.now()}`;
      const known = await newDevice(site, null);
      const csv = `${list(3, tag)}\n${known.serialNumber},${known.deviceName}`;
      const preview = await act(staff, path, { csv });
      expect(textOf(preview.html)).toContain('3 new devices are registered.');
      expect(textOf(preview.html)).toContain(known.serialNumber);
      expect((await site.store.devices.search({ limit: 10, text: tag })).rows).toEqual([]);
      const done = await staff.submit(preview, preview.url.pathname);
      expect(textOf(done.html)).toContain('3 devices were registered; 1 was known already.');
      expect((await staff.press(preview, preview.url.pathname)).status).toBe(404);
    });

    it('with a wrong header or wrong lines is refused line by line, and nothing is imported', async () => {
      const staff = await administrator();
      const form = await staff.open(path);
      const header = await staff.press(form, path, { csv: 'serial;name\n1;2' });
      expect([header.status, textOf(header.html).includes('The first line must be')]).toEqual([400, true]);
      const lines = await staff.press(form, path, {
        csv: 'serial_number,device_name\nGOOD-1,00112233aabb\nbad,xyz\n,',
      });
      expect(textOf(lines.html)).toContain('The device name must be 12 hexadecimal characters');
      expect((await site.store.devices.search({ limit: 10, text: 'GOOD-1' })).rows).toEqual([]);
    });

    it('of 100,000 lines is imported, all of it', async () => {
      const staff = await administrator();
      const tag = `H${Date.now()}`;
      const preview = await act(staff, path, { csv: list(100_000, tag) });
      expect(textOf(preview.html)).toContain('100,000 new devices are registered.');
      const done = await staff.submit(preview, preview.url.pathname);
      expect(textOf(done.html)).toContain('100,000 devices were registered');
    }, 60_000);
  });

  describe('what matters', () => {
    it('asks for the password again, after ten minutes', async () => {
      const staff = await administrator();
      const application = await newApplication(site);
      const path = `/admin/applications/${application.clientId}/suspend/`;
      const form = await staff.open(path);
      later(601);
      expect((await staff.send(path)).location).toMatch(/^\/account\/confirm\/\?next=/);
      expect((await staff.press(form, path)).location).toMatch(/^\/account\/confirm\/\?next=/);
      expect((await site.store.applications.findByClientId(application.clientId))?.application.status).toBe('active');
    });
  });

  describe('the audit log', () => {
    it('is filtered, and exported; that it was exported is an entry, too', async () => {
      const staff = await administrator();
      const application = await newApplication(site);
      await act(staff, `/admin/applications/${application.clientId}/suspend/`, { reason: 'Because' });
      const subject = encodeURIComponent(`application:${application.clientId}`);
      const found = await staff.open(`/admin/audit/?subject=${subject}&action=application.`);
      expect(textOf(found.html)).toContain('application.suspended');
      expect(textOf((await staff.open(`/admin/audit/?subject=${subject}&action=user.`)).html)).toContain(
        'Nothing found',
      );
      for (const [format, type] of [
        ['jsonl', 'application/x-ndjson'],
        ['csv', 'text/csv'],
      ]) {
        const exported = await staff.send(`/admin/audit/export/?format=${format}`);
        expect(exported.headers.get('content-type')).toContain(type);
        expect(exported.headers.get('content-disposition')).toContain('attachment');
        expect(exported.html).toContain(application.clientId);
      }
      expect(await lastAction()).toMatchObject({ action: 'audit.exported' });
      expect(await site.store.audit.verify()).toMatchObject({ outcome: 'ok' });
    });
  });

  it('shows how it runs', async () => {
    const staff = await administrator();
    const text = textOf((await staff.open('/admin/system/')).html);
    for (const part of ['0.1.0', process.version, 'refused requests', 'purge']) expect(text).toContain(part);
  });
});
