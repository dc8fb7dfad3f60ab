import { beforeAll, describe, expect, it } from 'vitest';
import { buildOnce, run } from '../cli/run.ts';
import { testChangeRecord } from '../support/database/change-records.ts';
import { logInByPassword, refresh, tokensOf } from '../support/oauth.ts';
import { newApplication, newUser, type TestUser, testCallback } from '../support/site/fixtures.ts';
import { HttpBrowser, visibleText } from '../support/site/http-browser.ts';
import { submitRegistration } from '../support/site/registration.ts';
import { onEachEngine } from '../support/site/site.ts';

const anyProgram = 'any program can pose as it and collect passwords';

onEachEngine((site) => {
  beforeAll(buildOnce, 120_000);

  async function loggedIn(person: TestUser): Promise<HttpBrowser> {
    const browser = new HttpBrowser(site.url);
    await browser.logIn(person);
    return browser;
  }
  const administrator = async () => loggedIn(await newUser(site, { administratorRole: 'administrator' }));
  const command = (...args: readonly string[]) =>
    run([...args, ...site.dataOptions], { environment: site.commandEnvironment });

  describe('a public application can not get the password grant', () => {
    it('in the registration form', async () => {
      const answers = { kind: 'device', grantType: 'password', passwordReason: 'A legacy system' };
      const page = await submitRegistration(await loggedIn(await newUser(site)), answers);
      expect(page.url.pathname).toBe('/developer/register/');
      expect(visibleText(page.html)).toContain('any program could pose as yours');
    });

    it('on the command line', async () => {
      const { clientId, id } = await newApplication(site, { isPublic: true });
      const create = ['application', 'create', '--name', 'Odd', '--public', '--grant-type', 'password'];
      for (const args of [create, ['application', 'set-grant-type', clientId, 'password']]) {
        expect(await command(...args)).toMatchObject({ code: 1, stderr: expect.stringContaining(anyProgram) });
      }
      expect((await site.store.applications.find(id))?.grantType).toBe('authorization_code');
    });

    it.each(['', '2099-01-31 08:00'])('in the console: %j', async (date) => {
      const { clientId, id } = await newApplication(site, { isPublic: true });
      const browser = await administrator();
      const path = `/admin/applications/${clientId}/grant-type/`;
      const page = await browser.submit(await browser.open(path), path, { date });
      expect(page.status).toBe(400);
      expect(visibleText(page.html)).toContain(anyProgram);
      expect(await site.store.grantChanges.list(id)).toEqual([]);
    });

    it('by a request of its owner', async () => {
      const { clientId, id } = await newApplication(site, { isPublic: true });
      const owner = await newUser(site);
      const membership = { applicationId: id, userId: owner.id, role: 'owner' as const, now: Date.now() };
      await site.store.members.add({ ...membership, record: testChangeRecord });
      const browser = await loggedIn(owner);
      const path = `/developer/applications/${clientId}/grant-type/`;
      const page = await browser.submit(await browser.open(path), path, { reason: 'We want it' });
      expect(page.status).toBe(400);
      expect(visibleText(page.html)).toContain(anyProgram);
      expect(await site.store.grantChanges.list(id)).toEqual([]);
    });
  });

  describe('a public application can not get refresh tokens that stay the same', () => {
    it('on the command line', async () => {
      const { clientId, id } = await newApplication(site, { isPublic: true });
      const ran = await command('application', 'set-policy', clientId, '--refresh-policy', 'stable');
      expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('replaced at each use') });
      expect((await site.store.applications.find(id))?.refreshPolicy).toBe('rotate');
    });

    it('in the console, which does not offer them', async () => {
      const { clientId, id } = await newApplication(site, { isPublic: true });
      const browser = await administrator();
      const path = `/admin/applications/${clientId}/policy/`;
      const form = await browser.open(path);
      expect(form.html).not.toContain('value="stable"');
      const page = await browser.submit(form, path, { refresh: 'stable' });
      expect(page.status).toBe(400);
      expect(visibleText(page.html)).toContain('replaced at each use');
      expect((await site.store.applications.find(id))?.refreshPolicy).toBe('rotate');
    });
  });

  it('one of an earlier release keeps what it has, and insiders doctor names it', async () => {
    const fields = { isPublic: true, grantType: 'password', refreshPolicy: 'stable' } as const;
    const application = await newApplication(site, fields);
    const tokens = tokensOf(await logInByPassword(site, application, await newUser(site)));
    const refreshed = tokensOf(await refresh(site, application, tokens.refresh_token));
    expect(refreshed.refresh_token).toBe(tokens.refresh_token);
    const kept = await command('application', 'set-policy', application.clientId, '--access-token-seconds', '600');
    expect(kept).toMatchObject({ code: 0 });
    const redirectUris = [`${testCallback}?code=1`];
    await site.store.applications.setIdentity(application.clientId, { redirectUris }, testChangeRecord);
    const { stdout } = await command('doctor', '--json');
    const { findings } = JSON.parse(stdout) as { findings: { check: string; result: string; text: string }[] };
    const about = findings.filter(({ text }) => text.startsWith(`${application.clientId}: `));
    expect(about.map(({ result }) => result)).toEqual(['warning', 'warning', 'warning']);
    const text = about.map((finding) => finding.text).join('\n');
    for (const part of [anyProgram, 'replaced at each use', 'Leave the parameter code out']) {
      expect(text).toContain(part);
    }
  });
});
