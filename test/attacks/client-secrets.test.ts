import { describe, expect, it } from 'vitest';
import {
  callApi,
  introspectPath,
  logInByPassword,
  postForm,
  revokePath,
  tokenPath,
  tokensOf,
} from '../support/oauth.ts';
import { newApplication, newUser, type TestApplication } from '../support/site/fixtures.ts';
import { onEachEngine } from '../support/site/site.ts';

const form = { grant_type: 'refresh_token', refresh_token: 'x', token: 'x' };

onEachEngine((site) => {
  /** The statuses of `count` requests, and how often each occurs. */
  async function statusesOf(application: TestApplication, count: number, paths: readonly string[] = [tokenPath]) {
    const statuses: Record<number, number> = {};
    for (let turn = 0; turn < count; turn += 1) {
      const { status } = await postForm(site, paths[turn % paths.length] ?? tokenPath, application, form);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
    return statuses;
  }

  describe('somebody who guesses client secrets', () => {
    it('can’t try more than 50 at once from one network, at any endpoint, and can’t stop the application', async () => {
      const [application, other] = [await newApplication(site, { grantType: 'password' }), await newApplication(site)];
      const wrong = { ...application, clientSecret: 'insiders_secret_wrong' };
      const statuses = await statusesOf(wrong, 60, [tokenPath, revokePath, introspectPath]);
      expect(statuses[401]).toBeGreaterThanOrEqual(50);
      expect(statuses[401]).toBeLessThanOrEqual(53);
      const refused = await postForm(site, tokenPath, wrong, form);
      expect([refused.status, refused.body.error]).toEqual([429, 'temporarily_unavailable']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      // The right secret passes from the same network, and other applications have buckets of their own.
      const person = await newUser(site);
      for (let turn = 0; turn < 5; turn += 1) tokensOf(await logInByPassword(site, application, person));
      expect((await postForm(site, tokenPath, { ...other, clientSecret: 'x' }, form)).status).toBe(401);
      const found = await site.store.applications.findByClientId(application.clientId);
      const listed = () => site.store.refusedRequests.list({ applicationId: found?.application.id ?? '', limit: 50 });
      await expect
        .poll(async () => (await listed()).rows.map(({ cause }) => cause), { timeout: 5000 })
        .toContain('too_many_guesses');
    });

    it('can’t try client IDs without end from one network', async () => {
      const unknown = { ...(await newApplication(site)), clientId: 'insiders_app_unknown' };
      expect(Object.keys(await statusesOf(unknown, 340))).toEqual(['401', '429']);
      const application = await newApplication(site);
      expect((await postForm(site, revokePath, application, { token: 'x' })).status).toBe(200);
    });

    it('can’t report guesses as leaks without end, and a right report is never limited', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      const report = (token: string) => postForm(site, '/oauth2/report-leak/', null, { token });
      const statuses = new Set<number>();
      for (let turn = 0; turn < 340; turn += 1) statuses.add((await report(`insiders_secret_${turn}`)).status);
      expect(statuses).toContain(429);
      const limited = await report('insiders_secret_guess');
      expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
      const tokens = tokensOf(await logInByPassword(site, application, await newUser(site)));
      expect((await report(tokens.access_token)).status).toBe(200);
      expect((await callApi(site, tokens.access_token)).status).toBe(401);
    });
  });
});
