import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, useBrowser } from '../support/site/browser.ts';
import { newTestServer } from '../support/site/site.ts';

describe('the documentation in a browser', () => {
  const site = newTestServer();
  const browser = useBrowser();
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  it('shows one language at a time, and stores the choice', async () => {
    const { page, complaints, close } = await browser.open();
    await page.goto(`${site.url}/docs/quickstart/`);
    const first = page.locator('[data-tabs]').first();
    expect(await first.getByRole('tab').allTextContents()).toEqual(['curl', 'Python']);
    expect(await first.getByRole('tabpanel').count()).toBe(1);
    await first.getByRole('tab', { name: 'Python' }).click();
    expect(await first.getByRole('tabpanel').textContent()).toContain('import requests');
    // The choice applies to all tabs of this page and to other pages.
    expect(await page.locator('[data-tabs]').nth(1).getByRole('tabpanel').textContent()).toContain('import requests');
    await page.goto(`${site.url}/docs/pkce/`);
    expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('Python');
    await expectAccessible(page, 'tabs');
    expect(complaints).toEqual([]);
    await close();
  });

  it('changes tabs with the arrow keys', async () => {
    const { page, complaints, close } = await browser.open();
    await page.goto(`${site.url}/docs/pkce/`);
    await page.getByRole('tab', { name: 'Shell' }).focus();
    for (const name of ['Python', 'TypeScript', 'Shell']) {
      await page.keyboard.press('ArrowRight');
      expect(await page.locator(':focus').textContent()).toBe(name);
      expect(await page.getByRole('tab', { selected: true }).textContent()).toBe(name);
    }
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows all languages and can be searched without JavaScript', async () => {
    const { page, complaints, close } = await browser.open({ javaScriptEnabled: false });
    await page.goto(`${site.url}/docs/quickstart/`);
    expect(await page.getByRole('heading', { name: 'Python' }).count()).toBe(2);
    expect(await page.getByText('import requests').count()).toBe(2);
    expect(await page.locator('[data-copy]:visible').count()).toBe(0);
    await page.getByLabel('Search the documentation').fill('invalid_grant');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/docs/search/?q=invalid_grant');
    await page.getByRole('main').getByRole('link', { name: 'invalid_grant' }).first().click();
    await page.waitForURL('**/docs/errors/invalid_grant/');
    expect(complaints).toEqual([]);
    await close();
  });

  it('has a collapsed navigation on a phone', async () => {
    const { page, complaints, close } = await browser.open({ viewport: { width: 390, height: 800 } });
    await page.goto(`${site.url}/docs/pkce/`);
    expect(await page.getByRole('link', { name: 'Throttling' }).count()).toBe(0);
    await page.getByText('All pages').click();
    await expectAccessible(page, 'menu');
    await expectNoSidewaysScroll(page, 'menu');
    await page.getByRole('link', { name: 'Throttling' }).click();
    await page.waitForURL('**/docs/throttling/');
    expect(complaints).toEqual([]);
    await close();
  });

  it('has an accessible search page with and without hits', async () => {
    const { page, complaints, close } = await browser.open({ viewport: { width: 390, height: 800 } });
    for (const query of ['refresh+token', 'xyzzyxyzzy']) {
      await page.goto(`${site.url}/docs/search/?q=${query}`);
      await expectAccessible(page, query);
      await expectNoSidewaysScroll(page, query);
    }
    expect(complaints).toEqual([]);
    await close();
  });
});
