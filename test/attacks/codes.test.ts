import { describe, expect, it } from 'vitest';
import { testChangeRecord } from '../support/database/change-records.ts';
import { callApi, obtainCode, redeem, refresh, tokensOf } from '../support/oauth.ts';
import { newApplication, newUser } from '../support/site/fixtures.ts';
import { onEachEngine } from '../support/site/site.ts';
import { advanceClock } from '../support/site/time.ts';

onEachEngine((site) => {
  /** Why the last requests of an application were refused, newest first, once they are written. */
  async function causesOf(clientId: string, count: number): Promise<readonly string[]> {
    const found = await site.store.applications.findByClientId(clientId);
    const list = () => site.store.refusedRequests.list({ applicationId: found?.application.id ?? '', limit: count });
    await expect.poll(async () => (await list()).rows.length, { timeout: 10_000 }).toBe(count);
    return (await list()).rows.map(({ cause }) => cause);
  }

  describe('a code that is replayed', () => {
    it.each([
      ['after it has expired', 600, 401],
      ['shortly before its access token expires', 36_000 - 20, 401],
    ])('can’t leave its tokens active %s, although the database was purged', async (_when, seconds, status) => {
      const [application, person] = [await newApplication(site), await newUser(site)];
      const code = await obtainCode(site, application, person);
      const tokens = tokensOf(await redeem(site, application, code));
      advanceClock(seconds);
      await site.store.maintenance.purge(Date.now(), 100);
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
      expect((await redeem(site, application, code)).body.error).toBe('invalid_grant');
      expect((await callApi(site, tokens.access_token)).status).toBe(status);
      expect((await refresh(site, application, tokens.refresh_token)).body.error).toBe('invalid_grant');
      expect(await causesOf(application.clientId, 3)).toContain('code_replayed');
    });
  });

  describe('a code that was issued before a switch of the grant type', () => {
    it('can’t be redeemed after switching back', async () => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newUser(site));
      const switchTo = (grantType: 'authorization_code' | 'password') =>
        site.store.applications.setGrantType(application.clientId, grantType, {
          event: { ...testChangeRecord.event, at: Date.now() },
        });
      await switchTo('password');
      expect((await redeem(site, application, code)).body.error).toBe('unauthorized_client');
      await switchTo('authorization_code');
      expect((await redeem(site, application, code)).body.error).toBe('invalid_grant');
      expect(await causesOf(application.clientId, 2)).toEqual(['code_precedes_switch', 'other_grant_type']);
      const next = await obtainCode(site, application, await newUser(site));
      expect((await redeem(site, application, next)).status).toBe(200);
    });
  });
});
