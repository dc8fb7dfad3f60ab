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
import { newApplication, newPerson } from '../../support/people.ts';
import { onEachSite } from '../../support/server.ts';
import { later } from '../../support/time.ts';

onEachSite((site) => {
  async function ready() {
    const [application, person] = [await newApplication(site, { grantType: 'password' }), await newPerson(site)];
    const tokens = tokensOf(await logInByPassword(site, application, person));
    return { application, person, tokens };
  }

  describe('revocation', () => {
    it('of an access token ends it at once, and leaves the refresh token alive', async () => {
      const { application, tokens } = await ready();
      const answer = await revoke(site, application, tokens.access_token);
      expect([answer.status, answer.text]).toEqual([200, '{}']);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect((await callApi(site, tokens.access_token)).status).toBe(401);
      const next = tokensOf(await refresh(site, application, tokens.refresh_token));
      expect((await callApi(site, next.access_token)).status).toBe(200);
    });

    it('of a refresh token ends all access tokens that came with it, and those of no other log-in', async () => {
      const { application, person, tokens } = await ready();
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

    it.each(['access_token', 'refresh_token', 'nonsense', ''])('works whatever the hint says: %j', async (hint) => {
      const { application, person, tokens } = await ready();
      await revoke(site, application, tokens.access_token, { token_type_hint: hint });
      expect((await callApi(site, tokens.access_token)).status).toBe(401);
      const other = tokensOf(await logInByPassword(site, application, person));
      await revoke(site, application, other.refresh_token, { token_type_hint: hint });
      expect((await callApi(site, other.access_token)).status).toBe(401);
    });

    it('is a success for tokens that are unknown, revoked before, or expired', async () => {
      const { application, tokens } = await ready();
      for (const token of ['nonsense', 'insiders_rt_unknown', tokens.access_token, tokens.access_token]) {
        expect((await revoke(site, application, token)).text).toBe('{}');
      }
      for (let times = 0; times < 2; times += 1) {
        expect((await revoke(site, application, tokens.refresh_token)).text).toBe('{}');
      }
      const { application: another, tokens: old } = await ready();
      later(36_001);
      expect((await revoke(site, another, old.access_token)).status).toBe(200);
      expect((await refresh(site, another, old.refresh_token)).status).toBe(200);
    });

    it('of the tokens of a consent works like that of any other', async () => {
      const application = await newApplication(site, { refreshPolicy: 'rotate' });
      const first = await obtainTokens(site, application, await newPerson(site));
      const second = tokensOf(await refresh(site, application, first.refresh_token));
      await revoke(site, application, second.refresh_token);
      expect((await callApi(site, first.access_token)).status).toBe(401);
      expect((await refresh(site, application, second.refresh_token)).status).toBe(400);
    });

    it('is open to public applications, for their own tokens', async () => {
      const application = await newApplication(site, { grantType: 'password', isPublic: true });
      const tokens = tokensOf(await logInByPassword(site, application, await newPerson(site)));
      expect((await revoke(site, application, tokens.refresh_token)).text).toBe('{}');
      expect((await callApi(site, tokens.access_token)).status).toBe(401);
    });

    it('of one application leaves the other applications of the user alone', async () => {
      const { application, person, tokens } = await ready();
      const other = await newApplication(site, { grantType: 'password', name: 'Other Sports' });
      const theirs = tokensOf(await logInByPassword(site, other, person));
      await revoke(site, application, tokens.refresh_token);
      expect((await callApi(site, theirs.access_token)).status).toBe(200);
    });

    it('answers no script to whoever asks for one', async () => {
      const { application, tokens } = await ready();
      const answer = await revoke(site, application, tokens.access_token, { callback: 'alert' });
      expect(answer.text).toBe('{}');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    });
  });

  describe('revocation that is refused', () => {
    it('does nothing to another application’s tokens, although it says nothing of it', async () => {
      const { tokens } = await ready();
      const { application: other } = await ready();
      expect((await revoke(site, other, tokens.access_token)).text).toBe('{}');
      expect((await revoke(site, other, tokens.refresh_token)).text).toBe('{}');
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
    });

    it('does nothing without authentication', async () => {
      const { application, tokens } = await ready();
      for (const stranger of [null, { ...application, clientSecret: 'wrong' }]) {
        const answer = await revoke(site, stranger, tokens.refresh_token);
        expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client']);
        expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
      }
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
    });

    it.each(['', 'token=', 'token=a&token=a', 'token=a&token=b', 'tokens=a'])(
      'needs one token, not "%s"',
      async (body) => {
        const { application } = await ready();
        const answer = await postForm(site, revokePath, application, body);
        expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request']);
      },
    );

    it('reads no token from the address, and knows no GET', async () => {
      const { application, tokens } = await ready();
      const path = `${revokePath}?token=${tokens.access_token}`;
      expect((await postForm(site, path, application, {})).status).toBe(400);
      const got = await fetch(site.url + path, { headers: { authorization: `Basic ${btoa('x:y')}` } });
      expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
      await got.body?.cancel();
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
    });
  });
});
