import { describe, expect, it } from 'vitest';
import {
  callApi,
  introspect,
  introspectPath,
  logInByPassword,
  obtainTokens,
  postForm,
  refresh,
  revoke,
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

  describe('introspection', () => {
    it('describes an access token to its application', async () => {
      const { application, person, tokens } = await setUp();
      const before = Math.floor(Date.now() / 1000);
      const response = await introspect(site, application, tokens.access_token);
      expect(response.body).toMatchObject({
        active: true,
        scope: 'all',
        client_id: application.clientId,
        username: person.email,
        token_type: 'Bearer',
        sub: String(person.id),
        iss: site.url,
      });
      expect(response.headers.get('cache-control')).toBe('no-store');
      const expiry = Number(response.body.exp);
      expect(Number.isInteger(expiry)).toBe(true);
      expect(expiry - before).toBeGreaterThan(36_000 - 60);
      expect(expiry - before).toBeLessThanOrEqual(36_001);
    });

    it('describes a refresh token to its application, without an expiry, and does not rotate it', async () => {
      const application = await newApplication(site, { refreshPolicy: 'rotate' });
      const tokens = await obtainTokens(site, application, await newUser(site));
      const response = await introspect(site, application, tokens.refresh_token);
      expect(response.body).toMatchObject({ active: true, scope: 'all', client_id: application.clientId });
      expect(response.body).not.toHaveProperty('exp');
      expect((await refresh(site, application, tokens.refresh_token)).status).toBe(200);
    });

    it('describes the access tokens of other applications to a resource server', async () => {
      const { application, tokens } = await setUp();
      const resourceServer = await newApplication(site, { resourceServer: true });
      const response = await introspect(site, resourceServer, tokens.access_token);
      expect(response.body).toMatchObject({ active: true, client_id: application.clientId });
      expect((await introspect(site, resourceServer, tokens.refresh_token)).text).toBe('{"active":false}');
    });

    it('returns only active: false for unknown, revoked, expired and other applications’ tokens', async () => {
      const { application, person, tokens } = await setUp();
      const other = await newApplication(site);
      const inactive = { status: 200, text: '{"active":false}' };
      expect(await introspect(site, application, 'nonsense')).toMatchObject(inactive);
      expect(await introspect(site, other, tokens.access_token)).toMatchObject(inactive);
      expect(await introspect(site, other, tokens.refresh_token)).toMatchObject(inactive);
      const revoked = tokensOf(await logInByPassword(site, application, person));
      await revoke(site, application, revoked.refresh_token);
      expect(await introspect(site, application, revoked.access_token)).toMatchObject(inactive);
      expect(await introspect(site, application, revoked.refresh_token)).toMatchObject(inactive);
      advanceClock(36_000);
      expect(await introspect(site, application, tokens.access_token)).toMatchObject(inactive);
    });
  });

  describe('introspection that is refused', () => {
    it('requires a confidential application', async () => {
      const { application, tokens } = await setUp();
      const isPublic = await newApplication(site, { isPublic: true });
      for (const client of [null, isPublic, { ...application, clientSecret: 'wrong' }]) {
        const response = await introspect(site, client, tokens.access_token);
        expect([response.status, response.body.error]).toEqual([401, 'invalid_client']);
      }
    });

    it('requires one token, in the body of a POST', async () => {
      const { application, tokens } = await setUp();
      for (const body of ['', 'token=', 'token=a&token=b']) {
        expect((await postForm(site, introspectPath, application, body)).status).toBe(400);
      }
      const path = `${introspectPath}?token=${tokens.access_token}`;
      expect((await postForm(site, path, application, {})).status).toBe(400);
      const get = await fetch(site.url + path);
      expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
      await get.body?.cancel();
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
    });
  });
});
