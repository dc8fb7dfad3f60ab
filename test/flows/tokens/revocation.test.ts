import { describe, expect, it } from 'vitest';
import {
  callApi,
  logInByPassword,
  obtainTokens,
  postForm,
  refresh,
  revoke,
  revokePath,
  tokensOf,
} from '../../support/oauth.ts';
import { newApplication, newUser } from '../../support/site/fixtures.ts';
import { onEachEngine } from '../../support/site/site.ts';
import { advanceClock } from '../../support/site/time.ts';

onEachEngine((site) => {
  async function setUp() {
    const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
    const tokens = tokensOf(await logInByPassword(site, application, person));
    return { application, person, tokens };
  }

  describe('revocation', () => {
    it('of an access token takes effect at once, and leaves the refresh token active', async () => {
      const { application, tokens } = await setUp();
      const response = await revoke(site, application, tokens.access_token);
      expect([response.status, response.text]).toEqual([200, '{}']);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect((await callApi(site, tokens.access_token)).status).toBe(401);
      const next = tokensOf(await refresh(site, application, tokens.refresh_token));
      expect((await callApi(site, next.access_token)).status).toBe(200);
    });

    it('of a refresh token revokes all access tokens of its family, and none of another login', async () => {
      const { application, person, tokens } = await setUp();
      const other = tokensOf(await logInByPassword(site, application, person));
      const next = tokensOf(await refresh(site, application, tokens.refresh_token));
      expect((await revoke(site, application, tokens.refresh_token)).text).toBe('{}');
      for (const token of [tokens.access_token, next.access_token]) {
        expect((await callApi(site, token)).status).toBe(401);
      }
      const refused = await refresh(site, application, tokens.refresh_token);
      expect([refused.status, refused.body.error]).toEqual([400, 'invalid_grant']);
      expect((await callApi(site, other.access_token)).status).toBe(200);
      expect((await refresh(site, application, other.refresh_token)).status).toBe(200);
    });

    it.each(['access_token', 'refresh_token', 'nonsense', ''])('ignores the hint: %j', async (hint) => {
      const { application, person, tokens } = await setUp();
      await revoke(site, application, tokens.access_token, { token_type_hint: hint });
      expect((await callApi(site, tokens.access_token)).status).toBe(401);
      const other = tokensOf(await logInByPassword(site, application, person));
      await revoke(site, application, other.refresh_token, { token_type_hint: hint });
      expect((await callApi(site, other.access_token)).status).toBe(401);
    });

    it('is a success for tokens that are unknown, revoked before, or expired', async () => {
      const { application, tokens } = await setUp();
      for (const token of ['nonsense', 'insiders_rt_unknown', tokens.access_token, tokens.access_token]) {
        expect((await revoke(site, application, token)).text).toBe('{}');
      }
      for (let times = 0; times < 2; times += 1) {
        expect((await revoke(site, application, tokens.refresh_token)).text).toBe('{}');
      }
      const { application: another, tokens: old } = await setUp();
      advanceClock(36_001);
      expect((await revoke(site, another, old.access_token)).status).toBe(200);
      expect((await refresh(site, another, old.refresh_token)).status).toBe(200);
    });

    it('of a refresh token by consent revokes its family too', async () => {
      const application = await newApplication(site, { refreshPolicy: 'rotate' });
      const first = await obtainTokens(site, application, await newUser(site));
      const second = tokensOf(await refresh(site, application, first.refresh_token));
      await revoke(site, application, second.refresh_token);
      expect((await callApi(site, first.access_token)).status).toBe(401);
      expect((await refresh(site, application, second.refresh_token)).status).toBe(400);
    });

    it('is allowed to public applications, for their own tokens', async () => {
      const application = await newApplication(site, { grantType: 'password', isPublic: true });
      const tokens = tokensOf(await logInByPassword(site, application, await newUser(site)));
      expect((await revoke(site, application, tokens.refresh_token)).text).toBe('{}');
      expect((await callApi(site, tokens.access_token)).status).toBe(401);
    });

    it('for one application does not affect the other applications of the user', async () => {
      const { application, person, tokens } = await setUp();
      const other = await newApplication(site, { grantType: 'password', name: 'Other Sports' });
      const theirs = tokensOf(await logInByPassword(site, other, person));
      await revoke(site, application, tokens.refresh_token);
      expect((await callApi(site, theirs.access_token)).status).toBe(200);
    });

    it('does not return JSONP', async () => {
      const { application, tokens } = await setUp();
      const response = await revoke(site, application, tokens.access_token, { callback: 'alert' });
      expect(response.text).toBe('{}');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    });
  });

  describe('revocation that is refused', () => {
    it('does not revoke the tokens of another application, but returns the same as a success', async () => {
      const { tokens } = await setUp();
      const { application: other } = await setUp();
      expect((await revoke(site, other, tokens.access_token)).text).toBe('{}');
      expect((await revoke(site, other, tokens.refresh_token)).text).toBe('{}');
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
    });

    it('revokes nothing without client authentication', async () => {
      const { application, tokens } = await setUp();
      for (const client of [null, { ...application, clientSecret: 'wrong' }]) {
        const response = await revoke(site, client, tokens.refresh_token);
        expect([response.status, response.body.error]).toEqual([401, 'invalid_client']);
        expect(response.headers.get('www-authenticate')).toMatch(/^Basic /);
      }
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
    });

    it.each(['', 'token=', 'token=a&token=a', 'token=a&token=b', 'tokens=a'])(
      'requires one token, not "%s"',
      async (body) => {
        const { application } = await setUp();
        const response = await postForm(site, revokePath, application, body);
        expect([response.status, response.body.error]).toEqual([400, 'invalid_request']);
      },
    );

    it('reads no token from the query, and refuses GET', async () => {
      const { application, tokens } = await setUp();
      const path = `${revokePath}?token=${tokens.access_token}`;
      expect((await postForm(site, path, application, {})).status).toBe(400);
      const get = await fetch(site.url + path, { headers: { authorization: `Basic ${btoa('x:y')}` } });
      expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
      await get.body?.cancel();
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
    });
  });
});
