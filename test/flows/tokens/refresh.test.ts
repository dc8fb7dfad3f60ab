import { describe, expect, it } from 'vitest';
import { aChangeRecord } from '../../support/change-records.ts';
import { callApi, logInByPassword, obtainTokens, refresh, tokensOf } from '../../support/oauth.ts';
import { newApplication, newPerson } from '../../support/people.ts';
import { onEachSite } from '../../support/server.ts';
import { later } from '../../support/time.ts';

const year = 365 * 24 * 3600;

onEachSite((site) => {
  describe('refreshing, for an application that keeps its refresh token', () => {
    it('gives a new access token and the same refresh token, as often as it is asked', async () => {
      const application = await newApplication(site);
      const first = await obtainTokens(site, application, await newPerson(site));
      const seen = new Set([first.access_token]);
      for (let times = 0; times < 3; times += 1) {
        const answer = await refresh(site, application, first.refresh_token);
        expect(answer.headers.get('cache-control')).toBe('no-store');
        expect(answer.body).toMatchObject({
          refresh_token: first.refresh_token,
          expires_in: 36000,
          token_type: 'Bearer',
          scope: 'all',
        });
        seen.add(tokensOf(answer).access_token);
      }
      expect(seen.size).toBe(4);
      for (const token of seen) expect((await callApi(site, token)).status).toBe(200);
    });

    it('works for tokens that came by password too', async () => {
      const application = await newApplication(site, { grantType: 'password' });
      const first = tokensOf(await logInByPassword(site, application, await newPerson(site)));
      expect((await refresh(site, application, first.refresh_token)).status).toBe(200);
    });

    it('may name the scope that was granted', async () => {
      const application = await newApplication(site);
      const first = await obtainTokens(site, application, await newPerson(site));
      expect((await refresh(site, application, first.refresh_token, { scope: 'all' })).status).toBe(200);
    });

    it.each([1, 5, 20])('works after %i years, and after the purge has run', async (years) => {
      const application = await newApplication(site);
      const first = await obtainTokens(site, application, await newPerson(site));
      later(years * year);
      await site.store.maintenance.purge(Date.now(), 1000);
      expect((await callApi(site, first.access_token)).status).toBe(401);
      const next = tokensOf(await refresh(site, application, first.refresh_token));
      expect((await callApi(site, next.access_token)).status).toBe(200);
    });

    it('goes on after the grant type of the application was switched', async () => {
      const application = await newApplication(site);
      const first = await obtainTokens(site, application, await newPerson(site));
      await site.store.applications.setGrantType(application.clientId, 'password', aChangeRecord);
      expect((await refresh(site, application, first.refresh_token)).status).toBe(200);
    });
  });

  describe('refreshing, for an application whose refresh tokens rotate', () => {
    it('replaces the refresh token each time, and ends no access token by that', async () => {
      const application = await newApplication(site, { refreshPolicy: 'rotate' });
      const tokens = [await obtainTokens(site, application, await newPerson(site))];
      for (let times = 0; times < 3; times += 1) {
        const { refresh_token = '' } = tokens.at(-1) ?? {};
        tokens.push(tokensOf(await refresh(site, application, refresh_token)));
      }
      expect(new Set(tokens.map((each) => each.refresh_token)).size).toBe(4);
      for (const { access_token } of tokens) expect((await callApi(site, access_token)).status).toBe(200);
    });

    it('answers a retry within the overlap with the successor that exists already', async () => {
      const application = await newApplication(site, { refreshPolicy: 'rotate' });
      const first = await obtainTokens(site, application, await newPerson(site));
      const lost = tokensOf(await refresh(site, application, first.refresh_token));
      later(50);
      const retried = tokensOf(await refresh(site, application, first.refresh_token));
      expect(retried.refresh_token).toBe(lost.refresh_token);
      expect(retried.access_token).not.toBe(lost.access_token);
      expect((await refresh(site, application, retried.refresh_token)).status).toBe(200);
    });

    it('works after years for the newest one', async () => {
      const application = await newApplication(site, { refreshPolicy: 'rotate' });
      const first = await obtainTokens(site, application, await newPerson(site));
      later(20 * year);
      await site.store.maintenance.purge(Date.now(), 1000);
      const next = tokensOf(await refresh(site, application, first.refresh_token));
      expect((await refresh(site, application, next.refresh_token)).status).toBe(200);
    });

    it('is how public applications are refreshed', async () => {
      const application = await newApplication(site, { isPublic: true, grantType: 'password' });
      const first = tokensOf(await logInByPassword(site, application, await newPerson(site)));
      const next = tokensOf(await refresh(site, application, first.refresh_token));
      expect(next.refresh_token).not.toBe(first.refresh_token);
    });
  });
});
