import { describe, expect, it } from 'vitest';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { callApi, logInByPassword, obtainTokens, refresh, tokensOf } from '../../support/oauth.ts';
import { newApplication, newUser } from '../../support/site/fixtures.ts';
import { onEachEngine } from '../../support/site/site.ts';
import { advanceClock } from '../../support/site/time.ts';

const year = 365 * 24 * 3600;

onEachEngine((site) => {
  describe('refreshing under the policy stable', () => {
    it('returns a new access token and the same refresh token each time', async () => {
      const application = await newApplication(site);
      const first = await obtainTokens(site, application, await newUser(site));
      const accessTokens = new Set([first.access_token]);
      for (let times = 0; times < 3; times += 1) {
        const response = await refresh(site, application, first.refresh_token);
        expect(response.headers.get('cache-control')).toBe('no-store');
        expect(response.body).toMatchObject({
          refresh_token: first.refresh_token,
          expires_in: 36000,
          token_type: 'Bearer',
          scope: 'all',
        });
        accessTokens.add(tokensOf(response).access_token);
      }
      expect(accessTokens.size).toBe(4);
      for (const token of accessTokens) expect((await callApi(site, token)).status).toBe(200);
    });

    it('is accepted for tokens of the password grant too', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      const first = tokensOf(await logInByPassword(site, application, await newUser(site)));
      expect((await refresh(site, application, first.refresh_token)).status).toBe(200);
    });

    it('accepts the granted scope', async () => {
      const application = await newApplication(site);
      const first = await obtainTokens(site, application, await newUser(site));
      expect((await refresh(site, application, first.refresh_token, { scope: 'all' })).status).toBe(200);
    });

    it.each([1, 5, 20])('is accepted after %i years, and after the purge has run', async (years) => {
      const application = await newApplication(site);
      const first = await obtainTokens(site, application, await newUser(site));
      advanceClock(years * year);
      await site.store.maintenance.purge(Date.now(), 1000);
      expect((await callApi(site, first.access_token)).status).toBe(401);
      const next = tokensOf(await refresh(site, application, first.refresh_token));
      expect((await callApi(site, next.access_token)).status).toBe(200);
    });

    it('is accepted after the grant type of the application was switched', async () => {
      const application = await newApplication(site);
      const first = await obtainTokens(site, application, await newUser(site));
      await site.store.applications.setGrantType(application.clientId, 'password', testChangeRecord);
      expect((await refresh(site, application, first.refresh_token)).status).toBe(200);
    });
  });

  describe('refreshing under the policy rotate', () => {
    it('rotates the refresh token each time, and revokes no access token', async () => {
      const application = await newApplication(site, { refreshPolicy: 'rotate' });
      const tokens = [await obtainTokens(site, application, await newUser(site))];
      for (let times = 0; times < 3; times += 1) {
        const { refresh_token = '' } = tokens.at(-1) ?? {};
        tokens.push(tokensOf(await refresh(site, application, refresh_token)));
      }
      expect(new Set(tokens.map((each) => each.refresh_token)).size).toBe(4);
      for (const { access_token } of tokens) expect((await callApi(site, access_token)).status).toBe(200);
    });

    it('returns the same successor for a retry within the overlap', async () => {
      const application = await newApplication(site, { refreshPolicy: 'rotate' });
      const first = await obtainTokens(site, application, await newUser(site));
      const lost = tokensOf(await refresh(site, application, first.refresh_token));
      advanceClock(50);
      const retried = tokensOf(await refresh(site, application, first.refresh_token));
      expect(retried.refresh_token).toBe(lost.refresh_token);
      expect(retried.access_token).not.toBe(lost.access_token);
      expect((await refresh(site, application, retried.refresh_token)).status).toBe(200);
    });

    it('accepts the current refresh token after years', async () => {
      const application = await newApplication(site, { refreshPolicy: 'rotate' });
      const first = await obtainTokens(site, application, await newUser(site));
      advanceClock(20 * year);
      await site.store.maintenance.purge(Date.now(), 1000);
      const next = tokensOf(await refresh(site, application, first.refresh_token));
      expect((await refresh(site, application, next.refresh_token)).status).toBe(200);
    });

    it('is the default for public applications', async () => {
      const application = await newApplication(site, { isPublic: true, grantType: 'password' });
      const first = tokensOf(await logInByPassword(site, application, await newUser(site)));
      const next = tokensOf(await refresh(site, application, first.refresh_token));
      expect(next.refresh_token).not.toBe(first.refresh_token);
    });
  });
});
