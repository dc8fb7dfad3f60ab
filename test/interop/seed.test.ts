import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refresh, revoke, tokensOf } from '../support/oauth.ts';
import { newTemporaryDirectory } from '../support/processes/cleanup.ts';
import { type RunningProcess, startServerProcess } from '../support/processes/processes.ts';
import { useBrowser } from '../support/site/browser.ts';
import { newApplication, newDevice, newUser, type TestApplication, uniqueText } from '../support/site/fixtures.ts';
import { newTestServer, type TestServer } from '../support/site/site.ts';

const python = '/usr/bin/python3';
const host = 'https://api.asi.swiss';
const run = promisify(execFile);

/** Without proxy settings: Python's requests would send even loopback requests to the proxy. */
const environment = Object.fromEntries(
  Object.entries({ ...process.env, PYTHONUNBUFFERED: '1' }).filter(([name]) => !/proxy$/i.test(name)),
);

/** The documented examples, with host and credentials filled in and nothing else changed. */
describe('the documented examples', () => {
  const site = newTestServer();
  const browser = useBrowser();
  const directory = newTemporaryDirectory('seed');
  beforeAll(async () => {
    await needModules();
    await site.start();
  });
  afterAll(() => site.stop());

  it('authorization code: a browser signs up and ends on “Success” with the number of devices', async () => {
    const application = await newApplication(site, { redirectUris: ['http://127.0.0.1:8000/authorized/'] });
    fillIn('authorization_code.py', {
      [host]: site.url,
      YOUR_CLIENT_ID_HERE: application.clientId,
      YOUR_CLIENT_SECRET_HERE: application.clientSecret ?? '',
    });
    const example = await startExample('authorization_code:app', directory);
    try {
      const email = `john.doe.${uniqueText()}@example.org`;
      const { page, complaints, close } = await browser.open();
      await page.goto('http://127.0.0.1:8000/authenticate');
      await page.getByRole('link', { name: 'Create an account' }).click();
      await page.getByLabel('First name').fill('John');
      await page.getByLabel('Last name').fill('Doe');
      await page.getByLabel('E-mail address').fill(email);
      await page.getByLabel('Password').fill('my secure password');
      await page.getByRole('button', { name: 'Create account' }).click();
      await page.getByRole('button', { name: 'Authorize' }).click();
      await page.getByRole('heading', { name: 'Success' }).waitFor();
      expect(await page.title()).toBe('Success');
      expect(await page.locator('body').textContent()).toContain('You currently own 0 devices.');
      // A second time, with devices to count.
      await ownDevices(site, email, { now: 3, earlier: 1 });
      await page.goto('http://127.0.0.1:8000/authenticate');
      await page.getByRole('button', { name: 'Authorize' }).click();
      await page.getByRole('heading', { name: 'Success' }).waitFor();
      expect(await page.locator('body').textContent()).toContain('You currently own 3 devices.');
      expect(complaints.filter((complaint) => !complaint.includes('favicon'))).toEqual([]);
      await close();
      await refreshAndRevoke(application, example.output().stdout);
    } finally {
      await example.stop();
    }
  }, 60_000);

  it('password: gets the list of the devices', async () => {
    const application = await newApplication(site, { grantType: 'password' });
    const person = await newUser(site);
    await ownDevices(site, person.email, { now: 2, earlier: 1 });
    const file = fillIn('resource_owner_password.py', {
      [host]: site.url,
      abc123def456: application.clientId,
      '789ghi123klm': application.clientSecret ?? '',
      'john.doe@example.org': person.email,
      mysecurepassword: person.password,
    });
    // The example prints nothing, so the wrapper prints its last variable.
    const wrapper = 'import json, runpy, sys; print(json.dumps(runpy.run_path(sys.argv[1])["devices_list"]))';
    const { stdout } = await run(python, ['-c', wrapper, file], { env: environment, cwd: directory });
    expect(JSON.parse(stdout)).toMatchObject({ count: 2, page: 1, next: null, results: [{}, {}] });
  });

  /** The refresh token that the example printed is accepted until it is revoked. */
  async function refreshAndRevoke(application: TestApplication, output: string): Promise<void> {
    const [, token = ''] = /'refresh_token': '([^']+)'/.exec(output) ?? [];
    expect(tokensOf(await refresh(site, application, token)).refresh_token).toBe(token);
    expect((await revoke(site, application, token)).status).toBe(200);
    expect((await refresh(site, application, token)).body.error).toBe('invalid_grant');
  }

  function fillIn(name: string, values: Readonly<Record<string, string>>): string {
    let text = readFileSync(new URL(`seed/${name}`, import.meta.url), 'utf8');
    for (const [placeholder, value] of Object.entries(values)) {
      expect(text).toContain(placeholder);
      text = text.replaceAll(placeholder, value);
    }
    const file = join(directory, name);
    writeFileSync(file, text);
    return file;
  }
});

async function needModules(): Promise<void> {
  await run(python, ['-c', 'import fastapi, uvicorn, requests']).catch((error: unknown) => {
    throw new Error(
      `The documented examples need Debian's python3-fastapi, python3-uvicorn and python3-requests for ${python}: ` +
        'apt-get install python3-fastapi python3-uvicorn python3-requests',
      { cause: error },
    );
  });
}

async function ownDevices(site: TestServer, email: string, counts: { readonly now: number; readonly earlier: number }) {
  const user = await site.store.users.findByEmail(email);
  if (user === undefined) throw new Error(`There is no account of ${email}`);
  const owner = { id: user.id, email, password: '' };
  for (let index = 0; index < counts.now; index += 1) await newDevice(site, owner);
  for (let index = 0; index < counts.earlier; index += 1) {
    const device = await newDevice(site, owner);
    await site.store.devices.release({ userId: user.id, deviceId: device.id, now: Date.now() });
  }
}

/** Serves the example on port 8000, the port of its callback. */
function startExample(app: string, cwd: string): Promise<RunningProcess> {
  const command = [python, '-m', 'uvicorn', app, '--host', '127.0.0.1', '--port', '8000'];
  return startServerProcess(command, 8000, { cwd, env: environment });
}
