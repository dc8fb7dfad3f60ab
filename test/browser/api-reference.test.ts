import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { obtainTokens } from '../support/oauth.ts';
import { expectAccessible, expectNoSidewaysScroll, takePicture, useBrowser } from '../support/site/browser.ts';
import { newApplication, newDevice, newUser } from '../support/site/fixtures.ts';
import { newTestServer } from '../support/site/site.ts';

describe('requests from the API reference', () => {
  const site = newTestServer();
  const browser = useBrowser();
  let accessToken: string;
  let device: Awaited<ReturnType<typeof newDevice>>;
  beforeAll(async () => {
    await site.start();
    const [application, person] = [await newApplication(site), await newUser(site)];
    device = await newDevice(site, person);
    accessToken = (await obtainTokens(site, application, person)).access_token;
  });
  afterAll(() => site.stop());

  async function open(options: Parameters<typeof browser.open>[0] = {}) {
    const window = await browser.open(options);
    await window.page.goto(`${site.url}/docs/api/`);
    return window;
  }

  /** Opens the form of an operation. */
  async function attempt(page: Page, operation: string) {
    const form = page.locator(`[data-attempt=${operation}]`);
    await form.locator('summary').click();
    return form;
  }

  const responseOf = async (form: Awaited<ReturnType<typeof attempt>>) => {
    await form.locator('[data-response]:not(:empty)').waitFor();
    const [status, response] = [
      await form.locator('[data-status]').textContent(),
      await form.locator('pre').textContent(),
    ];
    const [headers = '', body = ''] = (response ?? '').split('\n\n');
    return { status, headers, body };
  };

  it('returns the devices of the owner of the pasted token', async () => {
    const { page, complaints, close } = await open();
    await page.getByLabel('Access token').fill(accessToken);
    const form = await attempt(page, 'listDevices');
    await form.getByLabel('current').selectOption('true');
    await form.getByLabel('limit').fill('5');
    const [request] = await Promise.all([
      page.waitForRequest((each) => each.url().includes('/api/v1/')),
      form.getByRole('button', { name: 'Send request' }).click(),
    ]);
    const { status, headers, body } = await responseOf(form);
    expect(status).toBe('200 OK');
    expect(headers).toContain('content-type: application/json');
    expect(headers).toContain('x-request-id: ');
    expect(JSON.parse(body)).toMatchObject({ count: 1, results: [{ serial_number: device.serialNumber }] });
    expect(request.url()).toBe(`${site.url}/api/v1/devices/?current=true&limit=5`);
    expect(await request.headerValue('cookie')).toBeNull();
    expect(complaints).toEqual([]);
    await close();
  });

  it('fills in the path and sends a body when Enter is pressed', async () => {
    const { page, complaints, close } = await open();
    await page.getByLabel('Access token').fill(accessToken);
    const form = await attempt(page, 'setCustomName');
    await form.getByRole('textbox', { name: 'id', exact: false }).first().fill(String(device.id));
    await form.getByLabel('custom_name').fill('Torwart "1"');
    await form.getByLabel('custom_name').press('Enter');
    const { status, body } = await responseOf(form);
    expect(status).toBe('200 OK');
    expect(JSON.parse(body)).toMatchObject({ id: device.id, custom_name: 'Torwart "1"' });
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows an error response unchanged', async () => {
    const { page, complaints, close } = await open();
    await page.getByLabel('Access token').fill('not-a-token');
    const form = await attempt(page, 'getAccount');
    await form.getByRole('button', { name: 'Send request' }).click();
    const { status, headers, body } = await responseOf(form);
    expect(status).toBe('401 Unauthorized');
    expect(headers).toContain('www-authenticate: Bearer');
    expect(JSON.parse(body)).toMatchObject({ code: 'invalid_token' });
    expect(complaints).toEqual([]);
    await close();
  });

  it('says what is missing, and focuses the field', async () => {
    const { page, complaints, close } = await open();
    const form = await attempt(page, 'getDevice');
    const send = form.getByRole('button', { name: 'Send request' });
    await send.click();
    expect(await form.getByRole('alert').textContent()).toContain('Paste an access token first');
    expect(await page.locator(':focus').getAttribute('id')).toBe('access-token');
    await page.getByLabel('Access token').fill(`${accessToken.slice(0, 8)}…`);
    await send.click();
    expect(await form.getByRole('alert').textContent()).toContain('This is no access token');
    await page.getByLabel('Access token').fill(accessToken);
    await send.click();
    expect(await form.getByRole('alert').textContent()).toBe('Fill in id.');
    expect(await page.locator(':focus').getAttribute('data-name')).toBe('id');
    expect(complaints).toEqual([]);
    await close();
  });

  it('says when there was no response, and can be sent again', async () => {
    const { page, close } = await open();
    await page.getByLabel('Access token').fill(accessToken);
    const form = await attempt(page, 'getAccount');
    await page.route('**/api/v1/**', (route) => route.abort());
    await form.getByRole('button', { name: 'Send request' }).click();
    await form.getByRole('alert').filter({ hasText: 'There was no response' }).waitFor();
    await page.unroute('**/api/v1/**');
    await form.getByRole('button', { name: 'Send request' }).click();
    expect((await responseOf(form)).status).toBe('200 OK');
    expect(await form.getByRole('alert').textContent()).toBe('');
    await close();
  });

  it('does not store the token', async () => {
    const { page, close } = await open();
    await page.getByLabel('Access token').fill(accessToken);
    const form = await attempt(page, 'getAccount');
    await form.getByRole('button', { name: 'Send request' }).click();
    await responseOf(form);
    const stored = () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, document.cookie]);
    expect(await page.evaluate(stored)).not.toContain(accessToken);
    await page.reload();
    expect(await page.getByLabel('Access token').inputValue()).toBe('');
    expect(await page.content()).not.toContain(accessToken);
    await close();
  });

  it('says without JavaScript that requests need it, and shows everything else', async () => {
    const { page, close } = await open({ javaScriptEnabled: false });
    expect(await page.locator('main').textContent()).toContain('To try requests on this page, JavaScript must be on');
    expect(await page.locator('[data-attempt]:visible').count()).toBe(0);
    expect(await page.getByLabel('Access token').isVisible()).toBe(false);
    await page.getByRole('navigation', { name: 'On this page' }).getByRole('link', { name: 'listDevices' }).click();
    expect(page.url()).toBe(`${site.url}/docs/api/#listDevices`);
    await page.locator('#listDevices .problems summary').click();
    expect(await page.locator('#listDevices .problems').textContent()).toContain('throttled');
    await close();
  });

  it.each([
    [390, 'light'],
    [390, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('is accessible and fits the window at %s px, %s, with everything open', async (width, colorScheme) => {
    const { page, complaints, close } = await open({ viewport: { width, height: 900 }, colorScheme });
    await page.getByLabel('Access token').fill(accessToken);
    for (const summary of await page.locator('.operation summary').all()) await summary.click();
    const form = page.locator('[data-attempt=listDevices]');
    await form.getByRole('button', { name: 'Send request' }).click();
    await responseOf(form);
    await expectAccessible(page, 'api-reference');
    await expectNoSidewaysScroll(page, 'api-reference');
    await takePicture(page, `api-reference-open-${width}-${colorScheme}`);
    expect(complaints).toEqual([]);
    await close();
  });
});
