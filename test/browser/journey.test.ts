import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, startCallback, useBrowser } from '../support/browser.ts';
import { authorizeUrl, callApi, redeem, tokensOf } from '../support/oauth.ts';
import { newApplication, newPerson, type TestApplication, unique } from '../support/people.ts';
import { newSite } from '../support/server.ts';

describe('the way from an application to an account and back', () => {
  const site = newSite();
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

  const newcomer = () => ({
    first_name: 'Nina',
    last_name: 'Neu',
    email: `nina.${unique()}@club.example`,
    password: 'three words together',
  });

  const newAms = () => newApplication(site, { redirectUris: [callback.url] });

  /** The code has arrived, with the state, and is good. */
  async function expectArrival(page: Page, application: TestApplication, state: string): Promise<void> {
    await page.waitForURL(`${callback.url}?**`);
    const { searchParams } = new URL(page.url());
    expect(searchParams.get('state')).toBe(state);
    const tokens = tokensOf(await redeem(site, application, searchParams.get('code') ?? ''));
    expect((await callApi(site, tokens.access_token)).body.count).toBe(0);
  }

  it.each([
    ['with the mouse', true],
    ['without JavaScript', false],
  ])('can be gone %s', async (_name, javaScriptEnabled) => {
    const application = await newAms();
    const { page, complaints, close } = await browser.open({ javaScriptEnabled });
    await page.goto(site.url + authorizeUrl(application, { state: 'a b&c' }));
    await page.getByRole('link', { name: 'Create an account' }).click();
    for (const [name, value] of Object.entries({ ...newcomer(), password: 'short' })) {
      await page.locator(`[name=${name}]`).fill(value);
    }
    await page.getByRole('button', { name: 'Create account' }).click();
    // What is wrong is said at the top, and there is the focus.
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
    await expectArrival(page, application, 'a b&c');
    expect(complaints).toEqual([]);
    await close();
  });

  it('can be gone with the keyboard alone', async () => {
    const application = await newAms();
    const { page, complaints, close } = await browser.open();
    await page.goto(site.url + authorizeUrl(application, { state: 'keys' }));
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to the content');
    await tabTo(page, 'a[href^="/signup/"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/signup/**');
    for (const [name, value] of Object.entries(newcomer())) {
      await tabTo(page, `[name=${name}]`);
      await page.keyboard.type(value);
    }
    await page.keyboard.press('Enter');
    await page.waitForURL('**/oauth2/authorize/**');
    await tabTo(page, 'button[value=deny]', 'Shift+Tab');
    await tabTo(page, 'button[value=authorize]', 'Shift+Tab');
    await page.keyboard.press('Space');
    await expectArrival(page, application, 'keys');
    expect(complaints).toEqual([]);
    await close();
  });

  it('ends with access_denied for whoever presses Deny', async () => {
    const [application, person] = [await newAms(), await newPerson(site)];
    const { page, close } = await browser.open();
    await page.goto(site.url + authorizeUrl(application, { state: 'no' }));
    await page.getByLabel('E-mail address').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.waitForURL(`${callback.url}?error=access_denied**`);
    await close();
  });

  it('ends at the account, where the application can be disconnected and stops at once', async () => {
    const [application, person] = [await newAms(), await newPerson(site)];
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

  it('lets the appearance be chosen, with and without JavaScript, and remembers it', async () => {
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

/** Presses the key until the focus, which must be visible all the way, is there. */
async function tabTo(page: Page, selector: string, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press(key);
    const focus = page.locator(':focus');
    if ((await focus.count()) === 0) continue;
    expect(await focus.evaluate((element) => element.matches(':focus-visible'))).toBe(true);
    if (await focus.evaluate((element, wanted) => element.matches(wanted), selector)) return;
  }
  throw new Error(`The focus never came to ${selector}`);
}
