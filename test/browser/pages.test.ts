import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sitemap } from '../../src/pages/index.ts';
import { testChangeRecord } from '../support/database/change-records.ts';
import { authorizeUrl, logInByPassword, obtainTokens } from '../support/oauth.ts';
import { expectAccessible, expectNoSidewaysScroll, takePicture, useBrowser } from '../support/site/browser.ts';
import { newApplication, newDevice, newUser, type TestUser, uniqueText } from '../support/site/fixtures.ts';
import { newPageFixtures, notPages, type PageFixtures } from '../support/site/page-fixtures.ts';
import { newTestServer } from '../support/site/site.ts';

const longName = 'Ligue Romande de Football — Département Performance & Analyse des Données';

/** An address whose local part has the maximum length of 64 characters and no place to wrap. */
const longEmail = () => `${'m'.repeat(48)}${uniqueText()}@club.example`;

/** The four settings in which every page is checked. */
const settings = [390, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
);

// A test opens every page: 10 to 15 seconds on an idle machine, more than the default of 30 seconds on a busy one.
vi.setConfig({ testTimeout: 120_000 });

describe.each(settings)('every page, $width px wide and $colorScheme', ({ width, colorScheme }) => {
  const site = newTestServer({ demo: true });
  const browser = useBrowser();
  let person: TestUser;
  let world: PageFixtures;
  let consent: string;
  beforeAll(async () => {
    await site.start();
    person = await newUser(site, { email: longEmail(), administratorRole: 'administrator' });
    const [connected, requesting] = [await newApplication(site), await newApplication(site, { name: longName })];
    await obtainTokens(site, connected, person);
    const byPassword = await newApplication(site, { grantType: 'password', name: 'x'.repeat(90) });
    await logInByPassword(site, byPassword, person);
    await newDevice(site, person);
    await site.store.applications.setStatus(byPassword.clientId, 'suspended', testChangeRecord);
    world = await newPageFixtures(site, person);
    consent = authorizeUrl(requesting, { state: 's' });
  });
  afterAll(() => site.stop());

  const open = () => browser.open({ viewport: { width, height: 800 }, colorScheme });

  async function check(page: Page, name: string): Promise<void> {
    await expectAccessible(page, name);
    await expectNoSidewaysScroll(page, name);
    await takePicture(page, `${name}-${width}-${colorScheme}`);
  }

  /** The paths of all pages that a GET can open, with their segments filled in. */
  function paths(who?: 'anyone'): readonly string[] {
    return sitemap
      .filter((page) => page.methods.includes('GET') && (who === undefined || page.guard.who === who))
      .filter((page) => page.path !== '/oauth2/authorize/' && !notPages.includes(page.path))
      .map((page) => world.fill(page.path));
  }

  const nameOf = (path: string) =>
    path
      .replaceAll('/', ' ')
      .trim()
      .replace(/ insiders_app_\S+/, ' one')
      .replace(/ \S{22}(?= |$)/g, ' one')
      .replace(/ \d+(?= |$)/g, ' one')
      .replace(/ [0-9a-f-]{36}/, ' one')
      .replaceAll(' ', '-') || 'home';

  it('is accessible and fits the window without a login', async () => {
    const { page, complaints, close } = await open();
    for (const path of [...paths('anyone'), '/docs/ui/']) {
      await page.goto(site.url + path);
      await check(page, nameOf(path));
    }
    for (const [name, path] of [
      ['error-404', '/nope/'],
      ['error-unknown-application', '/oauth2/authorize/?client_id=x'],
      ['error-expired', `/oauth2/authorize/?resume=${'A'.repeat(43)}`],
      ['login-for-application', consent],
    ] as const) {
      await page.goto(site.url + path);
      await check(page, name);
    }
    await page.getByLabel('E-mail address').fill('nobody@club.example');
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('alert').waitFor();
    await check(page, 'login-refused');
    await page.goto(`${site.url}/signup/`);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('alert').waitFor();
    await check(page, 'sign-up-refused');
    expect(complaints).toEqual([]);
    await close();
  });

  it('is accessible and fits the window for an administrator', async () => {
    const { page, complaints, close } = await open();
    await logIn(page, person);
    for (const path of paths()) {
      await page.goto(site.url + path);
      await check(page, `member-${nameOf(path)}`);
    }
    await page.goto(site.url + consent);
    expect(await page.locator('h1').textContent()).toContain(longName);
    await check(page, 'consent');
    await page.goto(`${site.url}/device-activation/`);
    await page.getByLabel('Serial number').fill('000000');
    await page.getByLabel('Device name').fill('a1b2c3d4e5f8');
    await page.getByRole('button', { name: 'Activate' }).click();
    await page.getByRole('alert').waitFor();
    await check(page, 'activation-refused');
    await page.goto(`${site.url}/account/password/`);
    await page.getByLabel('Current password').fill('not the password');
    await page.getByLabel('New password').fill('short');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByRole('alert').waitFor();
    await check(page, 'password-refused');
    expect(complaints).toEqual([]);
    await close();
  });

  it('is accessible and fits the window for a new account', async () => {
    const { page, complaints, close } = await open();
    await logIn(page, await newUser(site, { email: longEmail() }));
    await check(page, 'account-empty');
    expect(complaints).toEqual([]);
    await close();
  });

  async function logIn(page: Page, user: TestUser): Promise<void> {
    await page.goto(`${site.url}/login/`);
    await page.getByLabel('E-mail address').fill(user.email);
    await page.getByLabel('Password').fill(user.password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.waitForURL('**/account/');
  }
});
