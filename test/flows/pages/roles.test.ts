import { describe, expect, it } from 'vitest';
import { may } from '../../../src/accounts/roles.ts';
import { sitemap } from '../../../src/pages/index.ts';
import type { SitePage } from '../../../src/pages/routes.ts';
import type { AdministratorRole } from '../../../src/ports/store/index.ts';
import { newUser } from '../../support/site/fixtures.ts';
import { HttpBrowser } from '../../support/site/http-browser.ts';
import { newPageFixtures } from '../../support/site/page-fixtures.ts';
import { onEachEngine } from '../../support/site/site.ts';

/**
 * Who may see each page of the console, and who may send its form. The test fails if a page is missing in the table or
 * in the sitemap. `-`: there is no form.
 */
const table: Readonly<Record<string, readonly [sees: string, sends: string]>> = {
  '/admin/': ['everybody', '-'],
  '/admin/registrations/': ['everybody', '-'],
  '/admin/registrations/:registration/': ['everybody', 'support'],
  '/admin/registrations/:registration/approve/': ['administrators', 'administrators'],
  '/admin/registrations/:registration/decline/': ['administrators', 'administrators'],
  '/admin/applications/': ['everybody', '-'],
  '/admin/applications/:application/': ['everybody', '-'],
  '/admin/applications/:application/suspend/': ['administrators', 'administrators'],
  '/admin/applications/:application/resume/': ['administrators', 'administrators'],
  '/admin/applications/:application/revoke-all/': ['administrators', 'administrators'],
  '/admin/applications/:application/policy/': ['administrators', 'administrators'],
  '/admin/applications/:application/appoint/': ['administrators', 'administrators'],
  '/admin/applications/:application/secrets/:secret/': ['administrators', 'administrators'],
  '/admin/applications/:application/grant-type/': ['administrators', 'administrators'],
  '/admin/users/': ['everybody', '-'],
  '/admin/users/:user/': ['everybody', '-'],
  '/admin/users/:user/disable/': ['administrators', 'administrators'],
  '/admin/users/:user/enable/': ['administrators', 'administrators'],
  '/admin/users/:user/end-sessions/': ['administrators', 'administrators'],
  '/admin/users/:user/end-authorizations/': ['administrators', 'administrators'],
  '/admin/users/:user/role/': ['administrators', 'administrators'],
  '/admin/devices/': ['everybody', '-'],
  '/admin/devices/add/': ['administrators', 'administrators'],
  '/admin/devices/import/': ['administrators', 'administrators'],
  '/admin/devices/import/:list/': ['administrators', 'administrators'],
  '/admin/devices/:device/': ['everybody', '-'],
  '/admin/devices/:device/assign/': ['administrators', 'administrators'],
  '/admin/mails/': ['everybody', '-'],
  '/admin/mails/:mail/': ['administrators', 'administrators'],
  '/admin/audit/': ['everybody', '-'],
  '/admin/audit/export/': ['everybody', '-'],
  '/admin/system/': ['everybody', '-'],
};

const consolePages = sitemap.filter((page) => page.guard.who === 'administrators');
const who = { read: 'everybody', answer: 'support', administer: 'administrators' } as const;
const roles: readonly (AdministratorRole | null)[] = ['administrator', 'support', 'auditor', null];

function tableFrom(page: SitePage): readonly [string, string] {
  const { see, send } = permissionsOf(page);
  return [who[see], page.methods.includes('POST') ? who[send] : '-'];
}

function permissionsOf({ guard, path }: SitePage): NonNullable<SitePage['guard']['permissions']> {
  if (guard.permissions === null) throw new Error(`${path} is not a page of the console`);
  return guard.permissions;
}

it('the table has every page of the console and no other', () => {
  expect(Object.fromEntries(consolePages.map((page) => [page.path, tableFrom(page)]))).toEqual(table);
  const below = sitemap.filter(({ path }) => path.startsWith('/admin/'));
  expect(below).toEqual(consolePages);
});

onEachEngine((site) => {
  describe.each(roles)('%s', (role) => {
    it('sees the pages that the table says', async () => {
      const world = await newPageFixtures(site, await newUser(site, { administratorRole: 'administrator' }));
      const browser = new HttpBrowser(site.url);
      await browser.logIn(await newUser(site, role === null ? {} : { administratorRole: role }));
      for (const page of consolePages) {
        const path = world.fill(page.path);
        const seen = await browser.send(path);
        const expected = role === null ? 404 : may(role, permissionsOf(page).see) ? 'shown' : 403;
        // A permitted page may be 404 because its subject does not exist; it is never 403.
        expect([path, seen.status === 403 || (role === null && seen.status === 404) ? seen.status : 'shown']).toEqual([
          path,
          expected,
        ]);
      }
    });

    it('can’t send the forms that the table denies, and nothing changes', async () => {
      const world = await newPageFixtures(site, await newUser(site, { administratorRole: 'administrator' }));
      const browser = new HttpBrowser(site.url);
      await browser.logIn(await newUser(site, role === null ? {} : { administratorRole: role }));
      const csrf = /name="csrf" value="([^"]+)"/.exec((await browser.open('/account/')).html)?.[1] ?? '';
      const before = await site.store.audit.latest(1);
      for (const page of consolePages) {
        if (!page.methods.includes('POST')) continue;
        if (role !== null && may(role, permissionsOf(page).send)) continue;
        const path = world.fill(page.path);
        const sent = await browser.post(path, { csrf, text: 'x', typed: world.application.clientId, role: 'none' });
        expect([path, sent.status]).toEqual([path, role === null ? 404 : 403]);
      }
      expect(await site.store.audit.latest(1)).toEqual(before);
    });
  });

  it('without a login, every page redirects to the login page', async () => {
    const browser = new HttpBrowser(site.url);
    for (const page of consolePages) {
      const path = page.path.replace(/:[a-z]+/g, '1');
      const sent = await browser.send(path);
      expect([path, sent.status, sent.location?.startsWith('/login/')]).toEqual([path, 302, true]);
    }
  });
});
