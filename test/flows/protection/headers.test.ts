import { describe, expect, it } from 'vitest';
import { sitemap } from '../../../src/pages/index.ts';
import { authorizeUrl } from '../../support/oauth.ts';
import { newApplication, newUser } from '../../support/site/fixtures.ts';
import { HttpBrowser, type Page } from '../../support/site/http-browser.ts';
import { newPageFixtures, notPages } from '../../support/site/page-fixtures.ts';
import { onEachEngine } from '../../support/site/site.ts';

/** Links of the documentation to RFCs: the only ones to other sites. A link loads nothing by itself. */
const standard = /<a href="https:\/\/www\.rfc-editor\.org\/rfc\/rfc\d+(?:#[\w.-]+)?" rel="noreferrer">/g;

onEachEngine((site) => {
  /**
   * Every page of the sitemap and error pages, in a browser that is logged in and in one that is not.
   */
  async function allPages(): Promise<readonly Page[]> {
    const person = await newUser(site, { administratorRole: 'administrator' });
    const world = await newPageFixtures(site, person);
    const other = await newApplication(site, { redirectUris: ['http://127.0.0.1:8000/authorized/'] });
    const visitor = new HttpBrowser(site.url);
    const member = new HttpBrowser(site.url);
    await member.logIn(person);
    const paths = sitemap
      .filter((page) => page.methods.includes('GET') && !notPages.includes(page.path))
      .map((page) => world.fill(page.path));
    const targets = [...paths, authorizeUrl(other), '/login/?fresh=1', '/nope/', '/oauth2/authorize/?client_id=x'];
    const pages = [];
    for (const browser of [visitor, member]) for (const target of targets) pages.push(await browser.send(target));
    const consent = await member.open(authorizeUrl(other));
    pages.push(await member.press(consent, '/oauth2/authorize/', { decision: 'authorize' }));
    pages.push(await visitor.post('/login/', {}));
    return pages;
  }

  describe('every page and every redirect of a page', () => {
    it('has headers against caching, sniffing, framing, referrers and foreign scripts', async () => {
      for (const { url, status, headers, html } of await allPages()) {
        const where = `${url.pathname} (${status})`;
        expect([where, headers.get('cache-control')]).toEqual([where, 'no-store']);
        expect([where, headers.get('x-content-type-options')]).toEqual([where, 'nosniff']);
        expect([where, headers.get('x-frame-options')]).toEqual([where, 'DENY']);
        expect([where, headers.get('referrer-policy')]).toEqual([
          where,
          expect.stringMatching(/^(no-referrer|same-origin)$/),
        ]);
        expect([where, headers.get('cross-origin-opener-policy')]).toEqual([where, 'same-origin']);
        const policy = headers.get('content-security-policy') ?? '';
        for (const part of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"]) {
          expect([where, policy]).toEqual([where, expect.stringContaining(part)]);
        }
        expect([where, policy]).toEqual([where, expect.not.stringMatching(/unsafe|\*|https?:\/\/(?!127)/)]);
        expect([where, headers.get('access-control-allow-origin')]).toEqual([where, null]);
        expect([where, headers.get('x-request-id')]).toEqual([where, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
        expect(headers.get('server') ?? headers.get('x-powered-by')).toBeNull();
        if (html !== '') expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      }
    });

    it('contains no inline script, style or handler, and loads nothing from other sites', async () => {
      for (const { url, html } of await allPages()) {
        const found = [
          ...html
            .replaceAll(standard, '')
            .matchAll(
              /<script(?![^>]* src="\/assets\/)[^>]*>|<style|\son[a-z]+="|\sstyle="|(?:src|href)="(?:https?:)?\/\//g,
            ),
        ].map(([text]) => text);
        expect([url.pathname, found]).toEqual([url.pathname, []]);
      }
    });

    it('allows forms to this site only, and on the consent page to the callback of the application', async () => {
      const member = new HttpBrowser(site.url);
      await member.logIn(await newUser(site));
      const application = await newApplication(site, { redirectUris: ['http://127.0.0.1:8000/authorized/'] });
      const consent = await member.open(authorizeUrl(application));
      expect(consent.headers.get('content-security-policy')).toContain("form-action 'self' http://127.0.0.1:8000;");
      const account = await member.open('/account/');
      expect(account.headers.get('content-security-policy')).toContain("form-action 'self';");
    });
  });

  describe('the assets of the pages', () => {
    it('are immutable, and have the right content type', async () => {
      const page = await new HttpBrowser(site.url).open('/');
      const assets = [...page.html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
      expect(assets.length).toBeGreaterThanOrEqual(3);
      for (const path of assets) {
        const response = await fetch(site.url + path);
        expect(response.status).toBe(200);
        expect(response.headers.get('cache-control')).toContain('immutable');
        expect(response.headers.get('x-content-type-options')).toBe('nosniff');
        expect(response.headers.get('content-type')).toMatch(
          /^(text\/css|text\/javascript|application\/javascript|image\/svg\+xml)/,
        );
        await response.body?.cancel();
      }
    });
  });
});
