import { describe, expect, it } from 'vitest';
import { aChangeRecord } from '../../support/change-records.ts';
import { callApi, newPkce, obtainCode, redeem, refresh, requestToken, tokensOf } from '../../support/oauth.ts';
import { callback, newApplication, newPerson } from '../../support/people.ts';
import { onEachSite } from '../../support/server.ts';
import { later } from '../../support/time.ts';

const invalidGrant = { status: 400, body: { error: 'invalid_grant' } };

onEachSite((site) => {
  describe('a token request with a code', () => {
    it('is refused without one, and with something that is none', async () => {
      const application = await newApplication(site);
      const { redirectUri: redirect_uri } = application;
      const grant = { grant_type: 'authorization_code', redirect_uri };
      for (const [more, error] of [
        [{}, 'invalid_request'],
        [{ code: '' }, 'invalid_request'],
        [{ code: 'AAAA' }, 'invalid_grant'],
        [{ code: `insiders_code_${'A'.repeat(43)}` }, 'invalid_grant'],
        [{ code: 'x'.repeat(50_000) }, 'invalid_grant'],
        [{ code: 'é%_' }, 'invalid_grant'],
      ] as const) {
        const answer = await requestToken(site, application, { ...grant, ...more });
        expect([answer.status, answer.body.error]).toEqual([400, error]);
      }
    });

    it('is refused to another application, and the right one can still redeem it', async () => {
      const [application, other] = [await newApplication(site), await newApplication(site)];
      const code = await obtainCode(site, application, await newPerson(site));
      expect(await redeem(site, other, code)).toMatchObject(invalidGrant);
      expect((await redeem(site, application, code)).status).toBe(200);
    });

    it('is refused when the application does not authenticate, and the code stays good', async () => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newPerson(site));
      const wrong = await redeem(site, { ...application, clientSecret: 'insiders_secret_wrong' }, code);
      expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
      expect((await redeem(site, application, code)).status).toBe(200);
    });

    it.each([
      ['another registered callback', 'https://ams.example/second/'],
      ['none', ''],
      ['one in other case', callback.toUpperCase()],
    ])('burns the code when the callback is not the one of the request: %s', async (_name, redirect_uri) => {
      const redirectUris = [callback, 'https://ams.example/second/'];
      const application = await newApplication(site, { redirectUris });
      const code = await obtainCode(site, application, await newPerson(site));
      expect(await redeem(site, application, code, { redirect_uri })).toMatchObject(invalidGrant);
      expect(await redeem(site, application, code)).toMatchObject(invalidGrant);
    });

    it.each([
      ['a wrong verifier', (_right: string) => newPkce().verifier],
      ['none', () => ''],
      ['a short one', () => 'short'],
      ['one with a line end', (right: string) => `${right}\n`],
      ['the challenge itself', () => 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
    ])('burns the code of a request with a challenge when it brings %s', async (_name, wrong) => {
      const application = await newApplication(site);
      const { verifier, challenge } = newPkce();
      const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
      const code = await obtainCode(site, application, await newPerson(site), pkce);
      const code_verifier = wrong(verifier);
      expect(await redeem(site, application, code, { code_verifier })).toMatchObject(invalidGrant);
      expect(await redeem(site, application, code, { code_verifier: verifier })).toMatchObject(invalidGrant);
    });

    it('is refused with a verifier when the request had no challenge', async () => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newPerson(site));
      const answer = await redeem(site, application, code, { code_verifier: newPkce().verifier });
      expect(answer).toMatchObject(invalidGrant);
    });

    it('is good until five minutes have passed', async () => {
      const application = await newApplication(site);
      const person = await newPerson(site);
      const [early, late] = [await obtainCode(site, application, person), await obtainCode(site, application, person)];
      later(290);
      expect((await redeem(site, application, early)).status).toBe(200);
      later(11);
      expect(await redeem(site, application, late)).toMatchObject(invalidGrant);
    });

    it('ends what the code produced when it comes a second time', async () => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newPerson(site));
      const tokens = tokensOf(await redeem(site, application, code));
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
      expect(await redeem(site, application, code)).toMatchObject(invalidGrant);
      expect((await callApi(site, tokens.access_token)).status).toBe(401);
      expect(await refresh(site, application, tokens.refresh_token)).toMatchObject(invalidGrant);
    });

    it('ends nothing when another application brings the used code', async () => {
      const [application, other] = [await newApplication(site), await newApplication(site)];
      const code = await obtainCode(site, application, await newPerson(site));
      const tokens = tokensOf(await redeem(site, application, code));
      expect(await redeem(site, other, code)).toMatchObject(invalidGrant);
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
    });

    it('is refused once the user is disabled or has a new password', async () => {
      const application = await newApplication(site);
      const [disabled, changed] = [await newPerson(site), await newPerson(site)];
      const codes = [await obtainCode(site, application, disabled), await obtainCode(site, application, changed)];
      await site.store.users.setDisabled(disabled.id, Date.now(), aChangeRecord);
      const change = {
        userId: changed.id,
        passwordEpoch: 0,
        passwordHash: 'another',
        keepSession: null,
        now: Date.now(),
        record: aChangeRecord,
      };
      await site.store.users.changePassword(change);
      for (const code of codes) expect(await redeem(site, application, code)).toMatchObject(invalidGrant);
    });

    it('is refused while the application is suspended', async () => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newPerson(site));
      await site.store.applications.setStatus(application.clientId, 'suspended', aChangeRecord);
      expect(await redeem(site, application, code)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    });

    it('gives one kind of token where another is wanted no chance', async () => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newPerson(site));
      expect((await callApi(site, code)).status).toBe(401);
      expect(await refresh(site, application, code)).toMatchObject(invalidGrant);
      const tokens = tokensOf(await redeem(site, application, code));
      expect((await callApi(site, tokens.refresh_token)).status).toBe(401);
      expect(await redeem(site, application, tokens.refresh_token)).toMatchObject(invalidGrant);
      expect(await refresh(site, application, tokens.access_token)).toMatchObject(invalidGrant);
    });
  });
});
