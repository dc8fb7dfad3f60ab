import { describe, expect, it } from 'vitest';
import { exportAudit } from '../../../src/audit/export.ts';
import { sitemap } from '../../../src/pages/index.ts';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { callApi, logInByPassword, obtainTokens, requestToken } from '../../support/oauth.ts';
import { newApplication, newUser } from '../../support/site/fixtures.ts';
import { HttpBrowser } from '../../support/site/http-browser.ts';
import { newPageFixtures, notPages } from '../../support/site/page-fixtures.ts';
import { shownSecret } from '../../support/site/registration.ts';
import { expectNoSecrets, registerSecret, searchPageForSecrets } from '../../support/site/secrets.ts';
import { newTestServer, onEachEngine } from '../../support/site/site.ts';

/*
 * Every test site is searched when it stops, for every secret that the helpers have seen
 * (test/support/site/secrets.ts).
 * This file tests the search itself, and searches the places that other tests do not reach.
 */

onEachEngine((site) => {
  it('no page of the portal or the console contains a secret after requests with misplaced secrets', async () => {
    const person = await newUser(site, { administratorRole: 'administrator' });
    const world = await newPageFixtures(site, person);
    const { application } = world;
    const browser = new HttpBrowser(site.url);
    await browser.logIn(person);
    const secrets = `/developer/applications/${application.clientId}/secrets/`;
    shownSecret(await browser.submit(await browser.open(secrets), secrets));
    const user = await newUser(site);
    const tokens = await obtainTokens(site, application, user);
    // Requests with secrets in the wrong parameters.
    await logInByPassword(site, application, user);
    await requestToken(site, application, { grant_type: user.password, code: tokens.access_token });
    await requestToken(site, application, {
      grant_type: 'authorization_code',
      code: tokens.refresh_token,
      redirect_uri: application.redirectUri,
    });
    await requestToken(site, application, {
      grant_type: 'refresh_token',
      refresh_token: tokens.access_token,
      scope: user.password,
    });
    await requestToken(site, { ...application, clientSecret: user.password }, { grant_type: 'refresh_token' });
    const odd = `${application.redirectUri}?token=${tokens.access_token}#${tokens.refresh_token}`;
    const authorize = new URLSearchParams({ client_id: application.clientId, redirect_uri: odd, state: user.password });
    await fetch(`${site.url}/oauth2/authorize/?${authorize}`, { redirect: 'manual' });
    await callApi(site, tokens.access_token, `/api/v1/devices/?search=${tokens.refresh_token}&limit=x`);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    for (const page of sitemap) {
      if (!page.methods.includes('GET') || notPages.includes(page.path)) continue;
      await browser.send(world.fill(page.path));
    }
    for await (const part of exportAudit(site.store.audit, 'jsonl')) searchPageForSecrets('the export', part);
    const { rows } = await site.store.mails.list({ limit: 1000 });
    for (const mail of rows) searchPageForSecrets('a mail', `${mail.text}\n${mail.html}`);
    await expectNoSecrets(site.options);
  });
});

describe('the search for secrets', () => {
  it('finds a secret in a table and on a page', async () => {
    const site = newTestServer();
    await site.start();
    const application = await newApplication(site);
    const leaked = `leaked_${application.clientSecret?.slice(-30)}`;
    registerSecret(leaked);
    await site.store.applications.setIdentity(application.clientId, { name: leaked }, testChangeRecord);
    await expect(expectNoSecrets(site.options)).rejects.toThrow(/in the table applications/);
    await site.store.applications.setIdentity(application.clientId, { name: 'Fine again' }, testChangeRecord);
    searchPageForSecrets('/somewhere/', `<p>${leaked}</p>`);
    await expect(site.stop()).rejects.toThrow(/on \/somewhere\//);
  });
});
