import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizeUrl, callApi, redeem, tokensOf } from '../support/oauth.ts';
import { expectAccessible, startCallback, useBrowser } from '../support/site/browser.ts';
import { newApplication, newUser, type TestApplication, uniqueText } from '../support/site/fixtures.ts';
import { newTestServer } from '../support/site/site.ts';

describe('an authorization, from the application to the account and back', () => {
  const site = newTestServer();
  const browser = useBrowser();
  let callback: Awaited<ReturnType<typeof startCallback>>;
  beforeAll(async () => {
    await site.start();
    callback = await startCallback();
  });
  afterAll(async () => {
    await callback?.close();
    await site.stop();
  });

  const newAccount = () => ({
    first_name: 'Nina',
    last_name: 'Neu',
    email: `nina.${uniqueText()}@club.example`,
    password: 'three words together',
  });

  const newCallbackApplication = () => newApplication(site, { redirectUris: [callback.url] });

  /** Expects the browser at the callback with the state and a code that can be redeemed. */
  async function expectAtCallback(page: Page, application: TestApplication, state: string): Promise<void> {
    await page.waitForURL(`${callback.url}?**`);
    const { searchParams } = new URL(page.url());
    expect(searchParams.get('state')).toBe(state);
    const tokens = tokensOf(await redeem(site, application, searchParams.get('code') ?? ''));
    expect((await callApi(site, tokens.access_token)).body.count).toBe(0);
  }

  it.each([
    ['with the mouse', true],
    ['without JavaScript', false],
  ])('creates an account and gets a code %s', async (_name, javaScriptEnabled) => {
    const application = await newCallbackApplication();
    const { page, complaints, close } = await browser.open({ javaScriptEnabled });
    await page.goto(site.url + authorizeUrl(application, { state: 'a b&c' }));
    await page.getByRole('link', { name: 'Create an account' }).click();
    for (const [name, value] of Object.entries({ ...newAccount(), password: 'short' })) {
      await page.locator(`[name=${name}]`).fill(value);
    }
    await page.getByRole('button', { name: 'Create account' }).click();
    // The error summary at the top has the focus.
    const summary = page.getByRole('alert');
    expect(await summary.textContent()).toContain('at least 8 characters');
    expect(await page.locator(':focus').getAttribute('role')).toBe('alert');
    await summary.getByRole('link').click();
    expect(await page.locator('[name=password]').getAttribute('aria-invalid')).toBe('true');
    await page.locator('[name=password]').fill('three words together');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'Peak Analytics asks for access to your data' }).waitFor();
    expect(await page.locator('main').textContent()).toContain(new URL(callback.url).host);
    await page.getByRole('button', { name: 'Authorize' }).click();
    await expectAtCallback(page, application, 'a b&c');
    expect(complaints).toEqual([]);
    await close();
  });

  it('works with the keyboard only', async () => {
    const application = await newCallbackApplication();
    const { page, complaints, close } = await browser.open();
    await page.goto(site.url + authorizeUrl(application, { state: 'keys' }));
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to the content');
    await tabTo(page, 'a[href^="/signup/"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/signup/**');
    for (const [name, value] of Object.entries(newAccount())) {
      await tabTo(page, `[name=${name}]`);
      await page.keyboard.type(value);
    }
    await page.keyboard.press('Enter');
    await page.waitForURL('**/oauth2/authorize/**');
    await tabTo(page, 'button[value=deny]', 'Shift+Tab');
    await tabTo(page, 'button[value=authorize]', 'Shift+Tab');
    await page.keyboard.press('Space');
    await expectAtCallback(page, application, 'keys');
    expect(complaints).toEqual([]);
    await close();
  });

  it('ends with access_denied if the user presses Deny', async () => {
    const [application, person] = [await newCallbackApplication(), await newUser(site)];
    const { page, close } = await browser.open();
    await page.goto(site.url + authorizeUrl(application, { state: 'no' }));
    await page.getByLabel('E-mail address').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.waitForURL(`${callback.url}?error=access_denied**`);
    await close();
  });

  it('can be revoked on the account page, which ends access immediately', async () => {
    const [application, person] = [await newCallbackApplication(), await newUser(site)];
    const { page, complaints, close } = await browser.open();
    await page.goto(site.url + authorizeUrl(application, { state: 's' }));
    await page.getByLabel('E-mail address').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('button', { name: 'Authorize' }).click();
    await page.waitForURL(`${callback.url}?**`);
    const code = new URL(page.url()).searchParams.get('code') ?? '';
    const tokens = tokensOf(await redeem(site, application, code));
    await page.goto(`${site.url}/account/`);
    expect(await page.locator('table').textContent()).toContain(application.name);
    await page.getByRole('link', { name: `Disconnect ${application.name}` }).click();
    expect(await page.locator('main').textContent()).toContain('All its access to your data ends at once');
    expect((await callApi(site, tokens.access_token)).status).toBe(200);
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByRole('status').waitFor();
    expect(await page.getByRole('status').textContent()).toContain(application.name);
    expect(await page.locator('main').textContent()).toContain('No application is connected');
    await expectAccessible(page, 'disconnected');
    expect((await callApi(site, tokens.access_token)).status).toBe(401);
    expect(complaints).toEqual([]);
    await close();
  });

  it('has a theme that the user chooses with and without JavaScript, and that is stored', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const { page, complaints, close } = await browser.open({ javaScriptEnabled, colorScheme: 'light' });
      await page.goto(`${site.url}/login/`);
      await page.getByLabel('Appearance').selectOption('dark');
      if (!javaScriptEnabled) await page.getByRole('button', { name: 'Apply' }).click();
      await page.locator('html[data-theme=dark]').waitFor();
      await page.goto(`${site.url}/signup/`);
      expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
      expect(complaints).toEqual([]);
      await close();
    }
  });
});

/** Presses the key until the element has the focus. The focus must be visible on every element on the way. */
async function tabTo(page: Page, selector: string, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press(key);
    const focus = page.locator(':focus');
    if ((await focus.count()) === 0) continue;
    expect(await focus.evaluate((element) => element.matches(':focus-visible'))).toBe(true);
    if (await focus.evaluate((element, target) => element.matches(target), selector)) return;
  }
  throw new Error(`${selector} did not get the focus`);
}
