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
import { newApplication, newPerson } from '../../support/people.ts';
import { onEachSite } from '../../support/server.ts';
import { later } from '../../support/time.ts';

onEachSite((site) => {
  async function ready() {
    const [application, person] = [await newApplication(site, { grantType: 'password' }), await newPerson(site)];
    const tokens = tokensOf(await logInByPassword(site, application, person));
    return { application, person, tokens };
  }

  describe('introspection', () => {
    it('tells an application what its access token is worth', async () => {
      const { application, person, tokens } = await ready();
      const before = Math.floor(Date.now() / 1000);
      const answer = await introspect(site, application, tokens.access_token);
      expect(answer.body).toMatchObject({
        active: true,
        scope: 'all',
        client_id: application.clientId,
        username: person.email,
        token_type: 'Bearer',
        sub: String(person.id),
        iss: site.url,
      });
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const expiry = Number(answer.body.exp);
      expect(Number.isInteger(expiry)).toBe(true);
      expect(expiry - before).toBeGreaterThan(36_000 - 60);
      expect(expiry - before).toBeLessThanOrEqual(36_001);
    });

    it('tells it of its refresh token, which has no expiry, and changes nothing by that', async () => {
      const application = await newApplication(site, { refreshPolicy: 'rotate' });
      const tokens = await obtainTokens(site, application, await newPerson(site));
      const answer = await introspect(site, application, tokens.refresh_token);
      expect(answer.body).toMatchObject({ active: true, scope: 'all', client_id: application.clientId });
      expect(answer.body).not.toHaveProperty('exp');
      expect((await refresh(site, application, tokens.refresh_token)).status).toBe(200);
    });

    it('tells a resource server of the platform about everybody’s access tokens', async () => {
      const { application, tokens } = await ready();
      const resourceServer = await newApplication(site, { resourceServer: true });
      const answer = await introspect(site, resourceServer, tokens.access_token);
      expect(answer.body).toMatchObject({ active: true, client_id: application.clientId });
      expect((await introspect(site, resourceServer, tokens.refresh_token)).text).toBe('{"active":false}');
    });

    it('says nothing but "inactive" of what is unknown, revoked, expired, or another application’s', async () => {
      const { application, person, tokens } = await ready();
      const other = await newApplication(site);
      const bare = { status: 200, text: '{"active":false}' };
      expect(await introspect(site, application, 'nonsense')).toMatchObject(bare);
      expect(await introspect(site, other, tokens.access_token)).toMatchObject(bare);
      expect(await introspect(site, other, tokens.refresh_token)).toMatchObject(bare);
      const revoked = tokensOf(await logInByPassword(site, application, person));
      await revoke(site, application, revoked.refresh_token);
      expect(await introspect(site, application, revoked.access_token)).toMatchObject(bare);
      expect(await introspect(site, application, revoked.refresh_token)).toMatchObject(bare);
      later(36_000);
      expect(await introspect(site, application, tokens.access_token)).toMatchObject(bare);
    });
  });

  describe('introspection that is refused', () => {
    it('needs an application with a secret', async () => {
      const { application, tokens } = await ready();
      const isPublic = await newApplication(site, { isPublic: true });
      for (const stranger of [null, isPublic, { ...application, clientSecret: 'wrong' }]) {
        const answer = await introspect(site, stranger, tokens.access_token);
        expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client']);
      }
    });

    it('needs one token, in the body of a POST', async () => {
      const { application, tokens } = await ready();
      for (const body of ['', 'token=', 'token=a&token=b']) {
        expect((await postForm(site, introspectPath, application, body)).status).toBe(400);
      }
      const path = `${introspectPath}?token=${tokens.access_token}`;
      expect((await postForm(site, path, application, {})).status).toBe(400);
      const got = await fetch(site.url + path);
      expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
      await got.body?.cancel();
      expect((await callApi(site, tokens.access_token)).status).toBe(200);
    });
  });
});
