import { describe, expect, it } from 'vitest';
import { codeFor, obtainTokens } from '../../support/oauth.ts';
import { newApplication, newDevice, newUser } from '../../support/site/fixtures.ts';
import { HttpBrowser } from '../../support/site/http-browser.ts';
import { onEachEngine } from '../../support/site/site.ts';

onEachEngine((site) => {
  /** The newest entries of a subject, oldest first, without the fields of the hash chain. */
  async function entriesOf(subject: string) {
    const { entries } = await site.store.audit.list({ subject, limit: 10 });
    return entries
      .map(({ actor, action, from, detail }) => ({ actor, action, from, detail }))
      .filter(({ action }) => action !== 'test.prepared')
      .reverse();
  }

  describe('the audit log', () => {
    it('has the network address and the application by which a device was taken and released', async () => {
      const person = await newUser(site);
      const application = await newApplication(site);
      const { access_token: token } = await obtainTokens(site, application, person);
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const device = await newDevice(site, null);
      const { serialNumber: serial_number, deviceName: device_name } = device;
      const body = JSON.stringify({ serial_number, device_name });
      const taken = await fetch(`${site.url}/api/v1/devices/take-ownership/`, { method: 'POST', headers, body });
      expect(taken.status).toBe(201);
      const again = await fetch(`${site.url}/api/v1/devices/take-ownership/`, { method: 'POST', headers, body });
      expect(again.status).toBe(200);
      const release = `${site.url}/api/v1/devices/${device.id}/release-ownership/`;
      const { authorization } = headers;
      expect((await fetch(release, { method: 'POST', headers: { authorization } })).status).toBe(200);
      const browser = new HttpBrowser(site.url);
      await browser.logIn(person);
      const path = '/device-activation/';
      expect((await browser.submit(await browser.open(path), path, { serial_number, device_name })).status).toBe(200);
      const common = { actor: { kind: 'user', id: person.id }, from: '127.0.0.1' };
      const detail = { application: application.clientId };
      expect(await entriesOf(`device:${device.id}`)).toEqual([
        { ...common, action: 'device.taken', detail },
        { ...common, action: 'device.released', detail },
        { ...common, action: 'device.taken', detail: undefined },
      ]);
    });

    it('has one entry when a user authorizes an application, and none when the consent is reused', async () => {
      const person = await newUser(site);
      const application = await newApplication(site);
      const browser = new HttpBrowser(site.url);
      await browser.logIn(person);
      for (let times = 0; times < 3; times += 1) await codeFor(browser, application);
      const [connected] = await site.store.authorizations.listConnected(person.id);
      expect(await entriesOf(`authorization:${connected?.authorization.id}`)).toEqual([
        {
          actor: { kind: 'user', id: person.id },
          action: 'authorization.granted',
          from: '127.0.0.1',
          detail: { application: application.clientId },
        },
      ]);
    });
  });
});
