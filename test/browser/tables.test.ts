import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sitemap } from '../../src/pages/index.ts';
import { systemRandom } from '../../src/system/random.ts';
import { setCallbacks } from '../../src/use-cases/applications.ts';
import { testChangeRecord } from '../support/database/change-records.ts';
import { callApi, obtainTokens } from '../support/oauth.ts';
import { expectAccessible, expectNoSidewaysScroll, takePicture, useBrowser } from '../support/site/browser.ts';
import {
  newApplication,
  newDevice,
  newUser,
  type TestApplication,
  type TestUser,
  uniqueText,
} from '../support/site/fixtures.ts';
import { HttpBrowser } from '../support/site/http-browser.ts';
import { newPageFixtures, notPages, type PageFixtures } from '../support/site/page-fixtures.ts';
import { submitRegistration } from '../support/site/registration.ts';
import { newTestServer } from '../support/site/site.ts';

const widths = [1280, 1024, 640, 390, 320];
const callbacks = ['http://127.0.0.1:20550/oauth/callback', 'https://peak.example/integrations/insiders/callback/v2'];
const organisation = 'Ligue Romande de Football — Département Performance & Analyse des Données';

describe('tables', () => {
  const site = newTestServer({ demo: true });
  const browser = useBrowser();
  let person: TestUser;
  let world: PageFixtures;
  let full: { readonly page: Page };
  let empty: { readonly page: Page };

  beforeAll(async () => {
    await site.start();
    person = await newUser(site, {
      email: `marie-christine.oberholzer.${uniqueText()}@ligue-romande.example`,
      administratorRole: 'administrator',
    });
    full = await openAs(person);
    world = await newPageFixtures(site, person);
    await fill();
    empty = await openAs(await newUser(site));
  }, 120_000);
  afterAll(() => site.stop());

  /** Fills all lists with long names, dates, client IDs and addresses. */
  async function fill(): Promise<void> {
    const { store } = site;
    const now = Date.now();
    const context = {
      store,
      random: systemRandom,
      now,
      actor: { kind: 'user', id: person.id },
      publicUrl: site.url,
    } as const;
    await setCallbacks({ ...context, from: '192.168.100.200' }, world.application.clientId, callbacks);
    await use(await newApplication(site, { name: organisation, redirectUris: callbacks }));
    for (let index = 0; index < 5; index += 1) await newDevice(site, person);
    const applicant = await newUser(site, { email: `anne-sophie.${uniqueText()}@performance-analytics.example` });
    const applicantBrowser = new HttpBrowser(site.url);
    await applicantBrowser.logIn(applicant);
    await submitRegistration(applicantBrowser, { productName: 'Athlete Management', organisation });
    await store.users.setDisabled(applicant.id, now, testChangeRecord);
  }

  /** Uses an application, and waits until its last use is stored. */
  async function use(application: TestApplication): Promise<void> {
    const { access_token } = await obtainTokens(site, application, person);
    await callApi(site, access_token);
    const expectLastUse = async () => {
      const connected = await site.store.authorizations.listConnected(person.id);
      expect(connected.some(({ authorization }) => authorization.lastUsedAt !== null)).toBe(true);
    };
    await vi.waitFor(expectLastUse, { timeout: 20_000, interval: 500 });
  }

  async function openAs(user: TestUser) {
    const window = await browser.open({ viewport: { width: 1280, height: 900 } });
    const { page } = window;
    await page.goto(`${site.url}/login/`);
    await page.getByLabel('E-mail address').fill(user.email);
    await page.getByLabel('Password').fill(user.password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.waitForURL('**/account/');
    return window;
  }

  async function checkTables({ page }: { readonly page: Page }, path: string, name: string) {
    await page.goto(site.url + world.fill(path));
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      expect([path, width, await page.evaluate(brokenTexts)]).toEqual([path, width, []]);
      await expectNoSidewaysScroll(page, `${path} ${width}`);
      await takePicture(page, `table-${name}${path.replaceAll(/[/:]+/g, '-')}${width}`);
    }
  }

  const paths = sitemap
    .filter(
      (page) => page.methods.includes('GET') && page.path !== '/oauth2/authorize/' && !notPages.includes(page.path),
    )
    .map(({ path }) => path);

  it.each([...paths, '/docs/ui/'])('do not break words, dates or buttons on %s', async (path) => {
    await checkTables(full, path, 'full');
  });

  it.each(['/account/', '/developer/'])('do not break words on an empty %s', async (path) => {
    await checkTables(empty, path, 'empty');
  });

  it('scroll in a named region that the keyboard can reach', async () => {
    const { page } = full;
    await page.setViewportSize({ width: 800, height: 900 });
    await page.goto(`${site.url}/admin/audit/`);
    const region = page.getByRole('region', { name: 'Audit log' });
    await region.focus();
    const [contentWidth, width] = await region.evaluate((node) => [node.scrollWidth, node.clientWidth] as const);
    expect(contentWidth).toBeGreaterThan(width);
    await expectNoSidewaysScroll(page, 'audit log');
    await expectAccessible(page, 'audit log');
  });
});

/**
 * Runs in the page. Returns the words of tables, buttons, badges and dates that are on more than one line. A hyphen, a
 * slash and a `<wbr>` end a word. A word of class `long` may break if it is wider than its cell.
 */
function brokenTexts(): readonly string[] {
  const linesOf = (node: Node, from: number, to: number) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    const rects = [...range.getClientRects()].filter(({ width }) => width > 0.5);
    return {
      lines: new Set(rects.map(({ top }) => Math.round(top))).size,
      width: rects.reduce((sum, { width }) => sum + width, 0),
    };
  };
  const patterns = [/\d{1,2} \w{3,4} \d{4}(, \d\d:\d\d UTC)?/g, /[^\s/\-–—?]+/g];
  const broken: string[] = [];
  for (const holder of document.querySelectorAll('th, td, .descriptions dd, .button, .badge')) {
    if (holder.closest('.hidden, thead') !== null && getComputedStyle(holder).position === 'absolute') continue;
    const isWhole = holder.matches('.button, .badge');
    const texts = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const parent = node.parentElement;
      if (parent === null || parent.closest('.hidden, pre') !== null) continue;
      for (const pattern of isWhole ? [/\S.*\S/g] : patterns) {
        for (const match of (node.textContent ?? '').matchAll(pattern)) {
          const { lines, width } = linesOf(node, match.index, match.index + match[0].length);
          const cell = holder.closest('td, th, dd');
          const available = (cell?.lastElementChild ?? holder).clientWidth;
          const mayBreak = parent.closest('.long') !== null && width > available;
          if (lines > 1 && !mayBreak) broken.push(match[0]);
        }
      }
    }
  }
  return [...new Set(broken)];
}
