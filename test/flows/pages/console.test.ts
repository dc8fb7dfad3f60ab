import { describe, expect, it } from 'vitest';
import { callApi, obtainTokens } from '../../support/oauth.ts';
import { newApplication, newDevice, newUser } from '../../support/site/fixtures.ts';
import { HttpBrowser, visibleText } from '../../support/site/http-browser.ts';
import { onEachEngine } from '../../support/site/site.ts';
import { advanceClock } from '../../support/site/time.ts';

onEachEngine((site) => {
  async function openAdminBrowser(): Promise<HttpBrowser> {
    const browser = new HttpBrowser(site.url);
    await browser.logIn(await newUser(site, { administratorRole: 'administrator' }));
    return browser;
  }

  /** Opens the page of an action and submits its form. */
  async function perform(browser: HttpBrowser, path: string, values: Readonly<Record<string, string>> = {}) {
    return browser.submit(await browser.open(path), path, values);
  }

  const lastAction = async () => (await site.store.audit.latest(1))[0];

  describe('an application', () => {
    it('is suspended and resumed, after a preview of the users affected', async () => {
      const adminBrowser = await openAdminBrowser();
      const application = await newApplication(site);
      const tokens = await obtainTokens(site, application, await newUser(site));
      const base = `/admin/applications/${application.clientId}/`;
      const preview = await adminBrowser.open(`${base}suspend/`);
      expect(visibleText(preview.html)).toContain('1 user is affected');
      const done = await adminBrowser.submit(preview, `${base}suspend/`, { reason: 'It loops.' });
      expect(visibleText(done.html)).toContain('The application is suspended.');
      expect((await callApi(site, tokens.access_token)).status).toBe(401);
      expect(await lastAction()).toMatchObject({
        action: 'application.suspended',
        before: { status: 'active' },
        after: { status: 'suspended' },
      });
      await perform(adminBrowser, `${base}resume/`);
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
    });

    it('has all its tokens revoked after its client ID was typed', async () => {
      const adminBrowser = await openAdminBrowser();
      const application = await newApplication(site);
      const tokens = await obtainTokens(site, application, await newUser(site));
      const path = `/admin/applications/${application.clientId}/revoke-all/`;
      const refused = await adminBrowser.press(await adminBrowser.open(path), path, { typed: 'x' });
      expect(refused.status).toBe(400);
      await perform(adminBrowser, path, { typed: application.clientId });
      expect((await callApi(site, tokens.access_token)).status).toBe(401);
      expect(await lastAction()).toMatchObject({ action: 'application.all_revoked', detail: { users: 1 } });
    });

    it('gets a token policy', async () => {
      const adminBrowser = await openAdminBrowser();
      const application = await newApplication(site);
      const path = `/admin/applications/${application.clientId}/policy/`;
      for (const seconds of ['5', '-1', 'many', '1e9']) {
        const refused = await adminBrowser.press(await adminBrowser.open(path), path, { seconds });
        expect([seconds, refused.status]).toEqual([seconds, 400]);
      }
      await perform(adminBrowser, path, { seconds: '600', refresh: 'rotate', introspection: 'yes' });
      const found = await site.store.applications.findByClientId(application.clientId);
      expect(found?.application).toMatchObject({
        accessTokenSeconds: 600,
        refreshPolicy: 'rotate',
        resourceServer: true,
      });
    });

    it('gets an owner, who gets a mail', async () => {
      const adminBrowser = await openAdminBrowser();
      const [application, owner] = [await newApplication(site), await newUser(site)];
      const path = `/admin/applications/${application.clientId}/appoint/`;
      const refused = await adminBrowser.press(await adminBrowser.open(path), path, { email: 'nobody@club.example' });
      expect(refused.status).toBe(400);
      await perform(adminBrowser, path, { email: owner.email.toUpperCase() });
      expect(await site.store.members.roleOf(application.id, owner.id)).toBe('owner');
      const { rows } = await site.store.mails.list({ limit: 1, to: owner.email });
      expect(rows[0]?.subject).toBe('Peak Analytics has a new owner');
    });

    it('has a secret revoked, and never shows one', async () => {
      const adminBrowser = await openAdminBrowser();
      const application = await newApplication(site);
      const base = `/admin/applications/${application.clientId}/`;
      const page = await adminBrowser.open(base);
      expect(page.html).not.toContain(application.clientSecret ?? '-');
      const [secret] = await site.store.secrets.list(application.id, Date.now());
      await perform(adminBrowser, `${base}secrets/${secret?.id}/`, { when: 'now' });
      const [revoked] = await site.store.secrets.list(application.id, Date.now());
      expect(revoked?.validUntil).toBeLessThanOrEqual(Date.now());
      expect((await adminBrowser.send(`${base}secrets/unknown/`)).status).toBe(200);
      const form = await adminBrowser.open(`${base}secrets/unknown/`);
      expect((await adminBrowser.press(form, `${base}secrets/unknown/`, { when: 'now' })).status).toBe(404);
    });

    it('is found by a part of its name, owner or client ID, in any case', async () => {
      const adminBrowser = await openAdminBrowser();
      const application = await newApplication(site, { name: 'Ärzte 100% Sport' });
      for (const text of ['ÄRZTE', '100%', application.clientId.slice(-8)]) {
        const found = await adminBrowser.open(`/admin/applications/?q=${encodeURIComponent(text)}`);
        expect(visibleText(found.html)).toContain('Ärzte 100% Sport');
      }
      expect(visibleText((await adminBrowser.open('/admin/applications/?q=nothing-like-it')).html)).toContain(
        'Nothing found.',
      );
    });
  });

  describe('a user', () => {
    it('is disabled and enabled', async () => {
      const adminBrowser = await openAdminBrowser();
      const person = await newUser(site);
      const userBrowser = new HttpBrowser(site.url);
      await userBrowser.logIn(person);
      const base = `/admin/users/${person.id}/`;
      expect(visibleText((await adminBrowser.open(`${base}disable/`)).html)).toContain('logged out of 1 browser ');
      await perform(adminBrowser, `${base}disable/`);
      expect((await userBrowser.send('/account/')).status).toBe(302);
      expect((await site.store.users.find(person.id))?.disabledAt).not.toBeNull();
      await perform(adminBrowser, `${base}enable/`);
      expect((await userBrowser.logIn(person)).url.pathname).toBe('/account/');
    });

    it('is logged out of all browsers, and disconnected from all applications', async () => {
      const adminBrowser = await openAdminBrowser();
      const person = await newUser(site);
      const tokens = await obtainTokens(site, await newApplication(site), person);
      const userBrowser = new HttpBrowser(site.url);
      await userBrowser.logIn(person);
      const base = `/admin/users/${person.id}/`;
      await perform(adminBrowser, `${base}end-sessions/`);
      expect((await userBrowser.send('/account/')).status).toBe(302);
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
      await perform(adminBrowser, `${base}end-authorizations/`);
      expect((await callApi(site, tokens.access_token)).status).toBe(401);
    });

    it('gets a role, but no unknown one', async () => {
      const adminBrowser = await openAdminBrowser();
      const person = await newUser(site);
      const path = `/admin/users/${person.id}/role/`;
      await perform(adminBrowser, path, { role: 'auditor' });
      expect((await site.store.users.find(person.id))?.administratorRole).toBe('auditor');
      expect(await lastAction()).toMatchObject({ before: { role: null }, after: { role: 'auditor' } });
      const refused = await adminBrowser.press(await adminBrowser.open(path), path, { role: 'emperor' });
      expect(refused.status).toBe(409);
    });

    it('can’t disable their own account or change their own role', async () => {
      const self = await newUser(site, { administratorRole: 'administrator' });
      const browser = new HttpBrowser(site.url);
      await browser.logIn(self);
      for (const [action, values] of [
        ['disable', {}],
        ['role', { role: 'none' }],
      ] as const) {
        const path = `/admin/users/${self.id}/${action}/`;
        const response = await browser.press(await browser.open(path), path, values);
        expect(visibleText(response.html)).toContain('You cannot do this to your own account.');
      }
      expect((await site.store.users.find(self.id))?.administratorRole).toBe('administrator');
    });
  });

  describe('a device', () => {
    it('is added with an owner, transferred, and released', async () => {
      const adminBrowser = await openAdminBrowser();
      const [anna, ben] = [await newUser(site), await newUser(site)];
      const serial = `S${Date.now()}${Math.floor(performance.now())}`;
      const added = await perform(adminBrowser, '/admin/devices/add/', {
        serial,
        name: 'A1B2C3D4E5F6',
        email: anna.email,
      });
      const path = `${added.url.pathname}assign/`;
      const id = Number(added.url.pathname.split('/').at(-2));
      const owner = async () => (await site.store.devices.findRegistered(id))?.owner?.email ?? null;
      expect(await owner()).toBe(anna.email);
      await perform(adminBrowser, path, { email: ben.email });
      expect(await owner()).toBe(ben.email);
      const history = await site.store.devices.history(id);
      expect(history.map((each) => each.owner.email)).toEqual([ben.email, anna.email]);
      await perform(adminBrowser, path, { email: '' });
      expect(await owner()).toBeNull();
      const again = await adminBrowser.press(await adminBrowser.open('/admin/devices/add/'), '/admin/devices/add/', {
        serial,
        name: 'a1b2c3d4e5f6',
      });
      expect(again.status).toBe(400);
    });

    it('is not released if its owner changed after the form was shown', async () => {
      const adminBrowser = await openAdminBrowser();
      const device = await newDevice(site, await newUser(site));
      const path = `/admin/devices/${device.id}/assign/`;
      const form = await adminBrowser.open(path);
      const other = await newUser(site);
      await perform(await openAdminBrowser(), path, { email: other.email });
      const response = await adminBrowser.press(form, path, { email: '' });
      expect(visibleText(response.html)).toContain('The owner was changed meanwhile.');
      expect((await site.store.devices.findRegistered(device.id))?.owner?.email).toBe(other.email);
    });
  });

  describe('a list of devices', () => {
    const path = '/admin/devices/import/';
    const list = (count: number, tag: string) =>
      ['serial_number,device_name', ...Array.from({ length: count }, (_, n) => `${tag}-${n},00112233aabb`)].join('\n');

    it('is previewed, then registered completely, and only once', async () => {
      const adminBrowser = await openAdminBrowser();
      const tag = `L${Date.now()}`;
      const known = await newDevice(site, null);
      const csv = `${list(3, tag)}\n${known.serialNumber},${known.deviceName}`;
      const preview = await perform(adminBrowser, path, { csv });
      expect(visibleText(preview.html)).toContain('3 new devices are registered.');
      expect(visibleText(preview.html)).toContain(known.serialNumber);
      expect((await site.store.devices.search({ limit: 10, text: tag })).rows).toEqual([]);
      const done = await adminBrowser.submit(preview, preview.url.pathname);
      expect(visibleText(done.html)).toContain('3 devices were registered; 1 was known already.');
      expect((await adminBrowser.press(preview, preview.url.pathname)).status).toBe(404);
    });

    it('with a wrong header or wrong lines is refused by line, and nothing is imported', async () => {
      const adminBrowser = await openAdminBrowser();
      const form = await adminBrowser.open(path);
      const header = await adminBrowser.press(form, path, { csv: 'serial;name\n1;2' });
      expect([header.status, visibleText(header.html).includes('The first line must be')]).toEqual([400, true]);
      const lines = await adminBrowser.press(form, path, {
        csv: 'serial_number,device_name\nGOOD-1,00112233aabb\nbad,xyz\n,',
      });
      expect(visibleText(lines.html)).toContain('The device name must be 12 hexadecimal characters');
      expect((await site.store.devices.search({ limit: 10, text: 'GOOD-1' })).rows).toEqual([]);
    });

    it('of 100,000 lines is imported completely', async () => {
      const adminBrowser = await openAdminBrowser();
      const tag = `H${Date.now()}`;
      const preview = await perform(adminBrowser, path, { csv: list(100_000, tag) });
      expect(visibleText(preview.html)).toContain('100,000 new devices are registered.');
      const done = await adminBrowser.submit(preview, preview.url.pathname);
      expect(visibleText(done.html)).toContain('100,000 devices were registered');
    }, 60_000);
  });

  describe('an important action', () => {
    it('requires the password again after ten minutes', async () => {
      const adminBrowser = await openAdminBrowser();
      const application = await newApplication(site);
      const path = `/admin/applications/${application.clientId}/suspend/`;
      const form = await adminBrowser.open(path);
      advanceClock(601);
      expect((await adminBrowser.send(path)).location).toMatch(/^\/account\/confirm\/\?next=/);
      expect((await adminBrowser.press(form, path)).location).toMatch(/^\/account\/confirm\/\?next=/);
      expect((await site.store.applications.findByClientId(application.clientId))?.application.status).toBe('active');
    });
  });

  describe('the audit log', () => {
    it('is filtered and exported, and the export is an entry', async () => {
      const adminBrowser = await openAdminBrowser();
      const application = await newApplication(site);
      await perform(adminBrowser, `/admin/applications/${application.clientId}/suspend/`, { reason: 'Because' });
      const subject = encodeURIComponent(`application:${application.clientId}`);
      const found = await adminBrowser.open(`/admin/audit/?subject=${subject}&action=application.`);
      expect(visibleText(found.html)).toContain('application.suspended');
      expect(visibleText((await adminBrowser.open(`/admin/audit/?subject=${subject}&action=user.`)).html)).toContain(
        'Nothing found',
      );
      for (const [format, type] of [
        ['jsonl', 'application/x-ndjson'],
        ['csv', 'text/csv'],
      ]) {
        const exported = await adminBrowser.send(`/admin/audit/export/?format=${format}`);
        expect(exported.headers.get('content-type')).toContain(type);
        expect(exported.headers.get('content-disposition')).toContain('attachment');
        expect(exported.html).toContain(application.clientId);
      }
      expect(await lastAction()).toMatchObject({ action: 'audit.exported' });
      expect(await site.store.audit.verify()).toMatchObject({ outcome: 'ok' });
    });
  });

  it('shows the state of the system', async () => {
    const adminBrowser = await openAdminBrowser();
    const text = visibleText((await adminBrowser.open('/admin/system/')).html);
    for (const part of ['0.1.0', process.version, 'refused requests', 'purge']) expect(text).toContain(part);
  });
});
