import { describe, expect, it } from 'vitest';
import { logInByPassword, readResponse, tokensOf } from '../../support/oauth.ts';
import { newApplication, newDevice, newUser } from '../../support/site/fixtures.ts';
import { HttpBrowser, visibleText } from '../../support/site/http-browser.ts';
import { onEachEngine } from '../../support/site/site.ts';
import { advanceClock } from '../../support/site/time.ts';

onEachEngine((site) => {
  async function take(token: string, serial_number: string, device_name: string) {
    const response = await fetch(`${site.url}/api/v1/devices/take-ownership/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ serial_number, device_name }),
    });
    return readResponse(response);
  }

  const guess = (index: number) => index.toString(16).padStart(12, '0');

  describe('guessing the name of a device', () => {
    it('is throttled per user, for the API and the page together, until the bucket has room again', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      const { access_token } = tokensOf(await logInByPassword(site, application, person));
      const device = await newDevice(site, null);
      for (let tries = 0; tries < 20; tries += 1) {
        expect((await take(access_token, `9${tries}`, guess(tries))).status).toBe(404);
      }
      const throttled = await take(access_token, device.serialNumber, device.deviceName);
      expect([throttled.status, throttled.body.code]).toEqual([429, 'throttled']);
      expect(Number(throttled.headers.get('retry-after'))).toBeGreaterThan(0);
      const browser = new HttpBrowser(site.url);
      await browser.logIn(person);
      const page = await browser.submit(await browser.open('/device-activation/'), '/device-activation/', {
        serial_number: device.serialNumber,
        device_name: device.deviceName,
      });
      expect([page.status, visibleText(page.html).includes('many tries')]).toEqual([429, true]);
      advanceClock(61);
      expect((await take(access_token, device.serialNumber, device.deviceName)).status).toBe(201);
    });

    it('is throttled per device, however many users guess', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      const device = await newDevice(site, null);
      for (let users = 0; users < 2; users += 1) {
        const { access_token } = tokensOf(await logInByPassword(site, application, await newUser(site)));
        for (let tries = 0; tries < 10; tries += 1) {
          expect((await take(access_token, device.serialNumber, guess(tries))).status).toBe(404);
        }
      }
      const { access_token } = tokensOf(await logInByPassword(site, application, await newUser(site)));
      expect((await take(access_token, device.serialNumber, guess(99))).status).toBe(429);
    });

    it('does not include taking a whole box of devices', async () => {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      const { access_token } = tokensOf(await logInByPassword(site, application, person));
      for (let devices = 0; devices < 25; devices += 1) {
        const { serialNumber, deviceName } = await newDevice(site, null);
        expect((await take(access_token, serialNumber, deviceName)).status).toBe(201);
      }
    });
  });
});
