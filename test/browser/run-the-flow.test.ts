import type { Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testChangeRecord } from '../support/database/change-records.ts';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  startCallback,
  takePicture,
  useBrowser,
} from '../support/site/browser.ts';
import { newApplication, newDevice, newUser, type TestApplication, type TestUser } from '../support/site/fixtures.ts';
import { newTestServer } from '../support/site/site.ts';

describe('running the flow in the documentation', () => {
  const site = newTestServer();
  const browser = useBrowser();
  let callback: Awaited<ReturnType<typeof startCallback>>;
  let person: TestUser;
  let device: Awaited<ReturnType<typeof newDevice>>;
  beforeAll(async () => {
    await site.start();
    callback = await startCallback();
    person = await newUser(site);
    device = await newDevice(site, person);
  });
  afterAll(async () => {
    await callback?.close();
    await site.stop();
  });

  async function open(options: Parameters<typeof browser.open>[0] = {}) {
    const window = await browser.open(options);
    await window.page.goto(`${site.url}/docs/run-the-flow/`);
    return window;
  }

  async function fillInApplication(
    page: Page,
    { clientId, clientSecret, redirectUri }: TestApplication,
  ): Promise<void> {
    await page.getByLabel('Client ID').fill(clientId);
    if (clientSecret !== null) await page.getByLabel('Client secret').fill(clientSecret);
    const callbackField = page.getByLabel('Callback', { exact: true });
    if (await callbackField.isVisible()) await callbackField.fill(redirectUri);
  }

  /** Presses *Authorize* or *Deny* in the tab that the page opens, and returns the callback address of that tab. */
  async function decide(page: Page, decision: 'Authorize' | 'Deny'): Promise<string> {
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('button', { name: 'Open the authorization page' }).click(),
    ]);
    await tab.getByLabel('E-mail address').fill(person.email);
    await tab.getByLabel('Password').fill(person.password);
    await tab.getByRole('button', { name: 'Log in' }).click();
    await tab.getByRole('button', { name: decision }).click();
    await tab.waitForURL(`${callback.url}?**`);
    const address = tab.url();
    await tab.close();
    return address;
  }

  async function readCallback(page: Page, address: string): Promise<string> {
    await page.getByLabel('Address that the browser ended at').fill(address);
    await page.getByRole('button', { name: 'Read the address' }).click();
    return statusOf(page, 'callback', /./);
  }

  /** The status line of a step, once it matches. */
  async function statusOf(page: Page, step: string, pattern: RegExp): Promise<string> {
    const line = page.locator(`#${step} [data-status]`).filter({ hasText: pattern });
    await line.waitFor();
    return (await line.textContent()) ?? '';
  }

  async function press(page: Page, step: string, status: number): Promise<{ request: string; response: string }> {
    await page.locator(`#${step} [data-action]`).click();
    await statusOf(page, step, status === 200 ? /^The server responded with 200/ : /^What went wrong/);
    const wire = async (name: string) => (await page.locator(`#${step} [data-wire=${name}] code`).textContent()) ?? '';
    const [request, response] = [await wire('request'), await wire('response')];
    expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    return { request, response };
  }

  /** Everything that the page shows, stores or has in its address. */
  const traces = (page: Page) =>
    page.evaluate(() =>
      JSON.stringify([
        document.documentElement.outerHTML,
        { ...localStorage },
        { ...sessionStorage },
        location.href,
        document.cookie,
      ]),
    );

  it('goes from the authorization to the revocation', async () => {
    const application = await newApplication(site, { redirectUris: [callback.url] });
    const { page, complaints, close } = await open();
    const responses: Response[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('/oauth2/token/')) responses.push(response);
    });
    await fillInApplication(page, application);
    const address = await decide(page, 'Authorize');
    const code = new URL(address).searchParams.get('code') ?? '';
    expect(await readCallback(page, address)).toContain('The code is ready');
    const token = await press(page, 'token', 200);
    expect(token.request).toMatch(/^POST \/oauth2\/token\/ HTTP\/1\.1\nHost: /);
    expect(token.request).toMatch(/\nAuthorization: Basic \S{4}…\S{4}\n/);
    expect(token.request).toContain(`&code=${code.slice(0, 4)}…${code.slice(-4)}&`);
    expect(token.request).toMatch(/&code_verifier=\S{4}…\S{4}$/);
    expect(token.response).toMatch(/"access_token": "\S{4}…\S{4}"/);
    const first = await press(page, 'api', 200);
    expect(first.request).toMatch(/^GET \/api\/v1\/account\/ .*\nHost: .*\nAuthorization: Bearer \S{4}…\S{4}\n/);
    expect(first.response).toContain(person.email);
    await page.getByLabel('What to read').selectOption('/api/v1/devices/?current=true');
    expect((await press(page, 'api', 200)).response).toContain(device.serialNumber);
    expect((await press(page, 'refresh', 200)).request).toContain('grant_type=refresh_token&refresh_token=');
    await press(page, 'api', 200);
    await press(page, 'revoke', 200);
    expect((await press(page, 'api', 401)).response).toContain('invalid_token');
    const bodies = (await Promise.all(responses.map((response) => response.json()))) as Record<string, string>[];
    const received = bodies.flatMap(({ access_token = '', refresh_token = '' }) => [access_token, refresh_token]);
    expect(received).toHaveLength(4);
    const shown = await traces(page);
    for (const secret of [...received, code, application.clientSecret ?? '']) {
      expect(secret.length).toBeGreaterThan(20);
      expect(shown).not.toContain(secret);
    }
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows an error, with a link to the page that explains it', async () => {
    const application = await newApplication(site, { redirectUris: [callback.url] });
    const { page, complaints, close } = await open();
    await fillInApplication(page, application);
    await readCallback(page, await decide(page, 'Authorize'));
    await page.getByLabel('Client secret').fill('insiders_secret_that_is_wrong');
    const { response } = await press(page, 'token', 401);
    expect(response).toContain('WWW-Authenticate: Basic');
    expect(await statusOf(page, 'token', /./)).toContain('More about invalid_client');
    const link = page.locator('#token [data-status] a');
    expect(await link.getAttribute('href')).toContain(`${site.url}/docs/errors/invalid_client/?request=`);
    expect(complaints).toEqual([]);
    await close();
  });

  it('rejects a code that came with another state', async () => {
    const application = await newApplication(site, { redirectUris: [callback.url] });
    const { page, close } = await open();
    await fillInApplication(page, application);
    const address = new URL(await decide(page, 'Authorize'));
    address.searchParams.set('state', 'another-state');
    expect(await readCallback(page, address.href)).toContain('The state is not the one that was sent');
    await page.getByRole('button', { name: 'Request tokens' }).click();
    expect(await statusOf(page, 'token', /./)).toContain('read an address with a code');
    await close();
  });

  it('rejects the callback of another server, and shows a denial', async () => {
    const application = await newApplication(site, { redirectUris: [callback.url] });
    const { page, close } = await open();
    await fillInApplication(page, application);
    const denied = await decide(page, 'Deny');
    expect(await readCallback(page, denied)).toContain('More about access_denied');
    const state = new URL(denied).searchParams.get('state') ?? '';
    const foreign = new URLSearchParams({ code: 'x', state, iss: 'https://other.example' });
    expect(await readCallback(page, `${callback.url}?${foreign}`)).toContain('from another server');
    const misleading = { error: 'x', error_uri: 'https://other.example/docs/', state, iss: site.url };
    await readCallback(page, `${callback.url}?${new URLSearchParams(misleading)}`);
    expect(await page.locator('#callback [data-status] a').count()).toBe(0);
    await close();
  });

  it('keeps the client ID and callback of the reader’s own application, which the server filled in', async () => {
    const application = await newApplication(site, { redirectUris: [callback.url] });
    const developer = await newUser(site);
    const membership = { applicationId: application.id, userId: developer.id, role: 'owner', now: Date.now() } as const;
    await site.store.members.add({ ...membership, record: testChangeRecord });
    const { page, close } = await browser.open();
    await page.goto(`${site.url}/login/?next=/docs/run-the-flow/`);
    await page.getByLabel('E-mail address').fill(developer.email);
    await page.getByLabel('Password').fill(developer.password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.waitForURL('**/docs/run-the-flow/');
    await page.locator('#client-id').waitFor();
    expect(await page.locator('#client-id').inputValue()).toBe(application.clientId);
    expect(await page.locator('#redirect-uri').inputValue()).toBe(callback.url);
    expect(await page.locator('#authorize [data-wire=request] code').textContent()).toContain(application.clientId);
    await close();
  });

  it('works for a public application, even after a reload in between', async () => {
    const application = await newApplication(site, { redirectUris: [callback.url], isPublic: true });
    const { page, complaints, close } = await open();
    await fillInApplication(page, application);
    const address = await decide(page, 'Authorize');
    await page.reload();
    expect(await page.getByLabel('Client ID').inputValue()).toBe('');
    await fillInApplication(page, application);
    await readCallback(page, address);
    const { request } = await press(page, 'token', 200);
    expect(request).not.toContain('Authorization');
    expect(request).toContain(`client_id=${application.clientId}`);
    await press(page, 'refresh', 200);
    await press(page, 'revoke', 200);
    expect(complaints).toEqual([]);
    await close();
  });

  it('works with the password grant', async () => {
    const application = await newApplication(site, { grantType: 'password' });
    const { page, complaints, close } = await open();
    await page.getByLabel('Grant type').selectOption('password');
    expect(await page.locator('#authorize').isVisible()).toBe(false);
    await fillInApplication(page, application);
    await page.getByLabel('E-mail address').fill(person.email);
    await page.getByLabel('Password', { exact: true }).fill(person.password);
    const { request } = await press(page, 'token', 200);
    expect(request).toContain(`username=${encodeURIComponent(person.email)}&password=…`);
    await press(page, 'api', 200);
    expect(await traces(page)).not.toContain(person.password);
    expect(complaints).toEqual([]);
    await close();
  });

  it('says when there was no response, and keeps the code for another attempt', async () => {
    const application = await newApplication(site, { redirectUris: [callback.url] });
    const { page, close } = await open();
    await fillInApplication(page, application);
    await readCallback(page, await decide(page, 'Authorize'));
    await page.route('**/oauth2/token/', (route) => route.abort());
    await page.getByRole('button', { name: 'Request tokens' }).click();
    await statusOf(page, 'token', /^There was no response/);
    await page.unroute('**/oauth2/token/');
    await press(page, 'token', 200);
    await page.getByRole('button', { name: 'Request tokens' }).click();
    expect(await statusOf(page, 'token', /^First/)).toContain('a code can be sent only once');
    await close();
  });

  it('says what is missing, in the order of the steps', async () => {
    const { page, close } = await open();
    await page.getByRole('button', { name: 'Open the authorization page' }).click();
    expect(await statusOf(page, 'authorize', /./)).toBe('First: enter the client ID.');
    expect(await page.locator(':focus').getAttribute('id')).toBe('client-id');
    for (const [step, missing] of [
      ['callback', 'paste the address that the browser ended at'],
      ['token', 'enter the client ID'],
      ['api', 'get tokens'],
      ['refresh', 'get tokens'],
      ['revoke', 'get tokens'],
    ] as const) {
      await page.locator(`#${step} [data-action]`).click();
      expect(await statusOf(page, step, /./)).toBe(`First: ${missing}.`);
    }
    await close();
  });

  it('says without JavaScript that running needs it, and shows the steps', async () => {
    const { page, close } = await open({ javaScriptEnabled: false });
    expect(await page.locator('main').textContent()).toContain('Without it you can read what happens in each step');
    expect(await page.getByRole('heading', { level: 2 }).count()).toBeGreaterThan(5);
    expect(await page.locator('main input:visible, main button:visible').count()).toBe(0);
    await close();
  });

  it.each([
    [390, 'light'],
    [390, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('is accessible and fits the window at %s px, %s', async (width, colorScheme) => {
    const application = await newApplication(site, { redirectUris: [callback.url] });
    const { page, complaints, close } = await open({ viewport: { width, height: 900 }, colorScheme });
    await takePicture(page, `flow-fresh-${width}-${colorScheme}`);
    await fillInApplication(page, application);
    await readCallback(page, await decide(page, 'Authorize'));
    for (const step of ['token', 'api', 'refresh', 'revoke']) await press(page, step, 200);
    await press(page, 'api', 401);
    await expectAccessible(page, 'run-the-flow');
    await expectNoSidewaysScroll(page, 'run-the-flow');
    await takePicture(page, `flow-done-${width}-${colorScheme}`);
    expect(complaints).toEqual([]);
    await close();
  });
});
