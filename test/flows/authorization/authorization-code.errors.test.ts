import { describe, expect, it } from 'vitest';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { callApi, newPkce, obtainCode, redeem, refresh, requestToken, tokensOf } from '../../support/oauth.ts';
import { newApplication, newUser, testCallback } from '../../support/site/fixtures.ts';
import { onEachEngine } from '../../support/site/site.ts';
import { advanceClock } from '../../support/site/time.ts';

const invalidGrant = { status: 400, body: { error: 'invalid_grant' } };

onEachEngine((site) => {
  describe('a token request with a code', () => {
    it('is refused without a code, and with an unknown one', async () => {
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
        const response = await requestToken(site, application, { ...grant, ...more });
        expect([response.status, response.body.error]).toEqual([400, error]);
      }
    });

    it('is refused to another application, and its own application can still redeem the code', async () => {
      const [application, other] = [await newApplication(site), await newApplication(site)];
      const code = await obtainCode(site, application, await newUser(site));
      expect(await redeem(site, other, code)).toMatchObject(invalidGrant);
      expect((await redeem(site, application, code)).status).toBe(200);
    });

    it('is refused when the application does not authenticate, and the code stays valid', async () => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newUser(site));
      const wrong = await redeem(site, { ...application, clientSecret: 'insiders_secret_wrong' }, code);
      expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
      expect((await redeem(site, application, code)).status).toBe(200);
    });

    it.each([
      ['another registered callback', 'https://ams.example/second/'],
      ['the callback in upper case', testCallback.toUpperCase()],
    ])(
      'invalidates the code when the callback differs from that of the authorization request: %s',
      async (_name, redirect_uri) => {
        const redirectUris = [testCallback, 'https://ams.example/second/'];
        const application = await newApplication(site, { redirectUris });
        const code = await obtainCode(site, application, await newUser(site));
        expect(await redeem(site, application, code, { redirect_uri })).toMatchObject(invalidGrant);
        expect(await redeem(site, application, code)).toMatchObject(invalidGrant);
      },
    );

    it.each([
      ['a wrong verifier', (_verifier: string) => newPkce().verifier],
      ['no verifier', () => ''],
      ['a short verifier', () => 'short'],
      ['a verifier with a line end', (verifier: string) => `${verifier}\n`],
      ['the challenge itself', () => 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
    ])('invalidates the code of a request with a challenge when it has %s', async (_name, wrongVerifier) => {
      const application = await newApplication(site);
      const { verifier, challenge } = newPkce();
      const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
      const code = await obtainCode(site, application, await newUser(site), pkce);
      const code_verifier = wrongVerifier(verifier);
      expect(await redeem(site, application, code, { code_verifier })).toMatchObject(invalidGrant);
      expect(await redeem(site, application, code, { code_verifier: verifier })).toMatchObject(invalidGrant);
    });

    it('is refused with a verifier when the request had no challenge', async () => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newUser(site));
      const response = await redeem(site, application, code, { code_verifier: newPkce().verifier });
      expect(response).toMatchObject(invalidGrant);
    });

    it('is accepted until the code is five minutes old', async () => {
      const application = await newApplication(site);
      const person = await newUser(site);
      const [early, late] = [await obtainCode(site, application, person), await obtainCode(site, application, person)];
      advanceClock(290);
      expect((await redeem(site, application, early)).status).toBe(200);
      advanceClock(11);
      expect(await redeem(site, application, late)).toMatchObject(invalidGrant);
    });

    it('revokes the tokens of the code when it is used a second time', async () => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newUser(site));
      const tokens = tokensOf(await redeem(site, application, code));
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
      expect(await redeem(site, application, code)).toMatchObject(invalidGrant);
      expect((await callApi(site, tokens.access_token)).status).toBe(401);
      expect(await refresh(site, application, tokens.refresh_token)).toMatchObject(invalidGrant);
    });

    it('revokes nothing when another application sends the used code', async () => {
      const [application, other] = [await newApplication(site), await newApplication(site)];
      const code = await obtainCode(site, application, await newUser(site));
      const tokens = tokensOf(await redeem(site, application, code));
      expect(await redeem(site, other, code)).toMatchObject(invalidGrant);
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
    });

    it('is refused once the user is disabled or has a new password', async () => {
      const application = await newApplication(site);
      const [disabled, changed] = [await newUser(site), await newUser(site)];
      const codes = [await obtainCode(site, application, disabled), await obtainCode(site, application, changed)];
      await site.store.users.setDisabled(disabled.id, Date.now(), testChangeRecord);
      const change = {
        userId: changed.id,
        passwordEpoch: 0,
        passwordHash: 'another',
        keepSession: null,
        now: Date.now(),
        record: testChangeRecord,
      };
      await site.store.users.changePassword(change);
      for (const code of codes) expect(await redeem(site, application, code)).toMatchObject(invalidGrant);
    });

    it('is refused while the application is suspended', async () => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newUser(site));
      await site.store.applications.setStatus(application.clientId, 'suspended', testChangeRecord);
      expect(await redeem(site, application, code)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    });

    it('does not accept another kind of token, nor do the other endpoints accept a code', async () => {
      const application = await newApplication(site);
      const code = await obtainCode(site, application, await newUser(site));
      expect((await callApi(site, code)).status).toBe(401);
      expect(await refresh(site, application, code)).toMatchObject(invalidGrant);
      const tokens = tokensOf(await redeem(site, application, code));
      expect((await callApi(site, tokens.refresh_token)).status).toBe(401);
      expect(await redeem(site, application, tokens.refresh_token)).toMatchObject(invalidGrant);
      expect(await refresh(site, application, tokens.access_token)).toMatchObject(invalidGrant);
    });
  });
});
