import { describe, expect, it } from 'vitest';
import { type OpenConnection, openRaw } from '../../support/network/raw-http.ts';
import { requestToken } from '../../support/oauth.ts';
import { newApplication, newUser, type TestUser } from '../../support/site/fixtures.ts';
import { formTo, HttpBrowser } from '../../support/site/http-browser.ts';
import { onEachEngine } from '../../support/site/site.ts';

const importPath = '/admin/devices/import/';
const megabyte = 1024 * 1024;

onEachEngine((site) => {
  async function loggedIn(person: TestUser): Promise<HttpBrowser> {
    const browser = new HttpBrowser(site.url);
    await browser.logIn(person);
    return browser;
  }

  /** Sends the head of a form and the first bytes of its body; the test sends the rest. */
  async function begin(path: string, bytes: number, browser?: HttpBrowser, first = 'csv=x'): Promise<OpenConnection> {
    const cookie = [...(browser?.cookies ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
    const connection = await openRaw(site.url);
    const head = [
      `POST ${path} HTTP/1.1`,
      'Host: 127.0.0.1',
      'Accept: text/html',
      'Content-Type: application/x-www-form-urlencoded',
      `Content-Length: ${bytes}`,
      ...(cookie === '' ? [] : [`Cookie: ${cookie}`]),
    ];
    connection.socket.write(`${head.join('\r\n')}\r\n\r\n${first}`);
    return connection;
  }

  describe('before a form is read', () => {
    it.each([
      ['a visitor who is not logged in', null, /^HTTP\/1\.1 303 [\s\S]*\nlocation: \/login\//],
      ['a user', {}, /^HTTP\/1\.1 404 /],
      ['an administrator with the role support', { administratorRole: 'support' as const }, /^HTTP\/1\.1 403 /],
    ])('%s is refused', async (_who, person, expected) => {
      const browser = person === null ? undefined : await loggedIn(await newUser(site, person));
      const connection = await begin(importPath, 7 * megabyte, browser);
      await connection.says(expected);
      connection.socket.destroy();
    });

    it.each([
      [importPath, 9 * megabyte],
      ['/login/', 65 * 1024],
      ['/oauth2/token/', 65 * 1024],
      ['/api/v1/devices/take-ownership/', 65 * 1024],
    ])('%s refuses one of %i bytes, and closes the connection', async (path, bytes) => {
      const connection = await begin(path, bytes);
      await connection.closed;
      expect(connection.text()).toMatch(/^HTTP\/1\.1 413 /);
      expect(connection.text()).toMatch(/^connection: close\r?$/im);
    });
  });

  it('a form with more than 1,000 parameters is refused', async () => {
    const fields = (count: number) => Array.from({ length: count }, (_, index) => `a${index}=`).join('&');
    const browser = new HttpBrowser(site.url);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const { csrf = '' } = formTo(await browser.open('/login/'), '/login/').fields;
    const page = await browser.send('/login/', { method: 'POST', headers, body: `csrf=${csrf}&${fields(1000)}` });
    expect(page.status).toBe(400);
    const token = await requestToken(site, await newApplication(site), fields(1001));
    expect([token.status, token.body.error_description]).toEqual([400, 'The request has more than 1,000 parameters']);
  });

  it('one user’s large forms are read one at a time', async () => {
    const browser = await loggedIn(await newUser(site, { administratorRole: 'administrator' }));
    const first = await begin(importPath, 7 * megabyte, browser);
    // Whichever of the two is read second is refused.
    const second = await begin(importPath, 7 * megabyte, browser);
    await Promise.race([first.says(/^HTTP\/1\.1 503 /), second.says(/^HTTP\/1\.1 503 /)]);
    expect(first.text() + second.text()).toMatch(/^retry-after: [1-9][0-9]*\r?$/im);
    first.socket.destroy();
    second.socket.destroy();
    const form = await browser.open(importPath);
    const csv = `serial_number,device_name\n${'\n'.repeat(100_000)}`;
    const sent = async () => (await browser.press(form, importPath, { csv })).status;
    // The server learns a moment later that a connection is closed.
    await expect.poll(sent, { timeout: 5000 }).toBe(400);
  });

  it('a form that arrives after its session was closed has no effect', async () => {
    const administrator = await newUser(site, { administratorRole: 'administrator' });
    const browser = await loggedIn(administrator);
    const { csrf = '' } = formTo(await browser.open(importPath), importPath).fields;
    const body = `csrf=${csrf}&csv=${encodeURIComponent('serial_number,device_name\nSLOW-1,a1b2c3d4e5f8')}`;
    const slow = await begin(importPath, body.length, browser, body.slice(0, 10));
    await new Promise((done) => setTimeout(done, 100));
    await browser.submit(await browser.open('/logout/'), '/logout/');
    slow.socket.write(body.slice(10));
    await slow.says(/^HTTP\/1\.1 303 [\s\S]*\nlocation: \/login\//);
    slow.socket.destroy();
  });

  it('a list of megabytes is staged', async () => {
    const browser = await loggedIn(await newUser(site, { administratorRole: 'administrator' }));
    const form = await browser.open(importPath);
    const lines = Array.from({ length: 3000 }, (_, index) => `LARGE-${index},a1b2c3d4e5f8`);
    const csv = ['serial_number,device_name', ...lines].join(`\n${' '.repeat(300)}\n`);
    // The second is admitted because the first has released its reservation.
    for (let times = 0; times < 2; times += 1) {
      const staged = await browser.submit(form, importPath, { csv });
      expect([staged.status, staged.html.includes('3,000')]).toEqual([200, true]);
    }
  });
});
