import { describe, expect, it } from 'vitest';
import { type AccessToken, mintAccessToken, readAccessToken } from '../../src/oauth/formats/access-token.ts';
import { openKeyRing } from '../../src/system/key-ring.ts';
import { buildOnce, run } from '../cli/run.ts';
import { callApi, introspect, logInByPassword, postForm, refresh, revoke, tokensOf } from '../support/oauth.ts';
import { newTemporaryDirectory } from '../support/processes/cleanup.ts';
import { newApplication, newUser } from '../support/site/fixtures.ts';
import { registerSecret } from '../support/site/secrets.ts';
import { onEachEngine } from '../support/site/site.ts';

const ring = { dataDir: '', secretKeys: `0:${'k'.repeat(43)}` };
const year = 31_536_000_000;

onEachEngine(
  (site) => {
    const keys = openKeyRing(ring);

    /** A family, and a function that protects a changed access token of it with the leaked key. */
    async function setUp() {
      const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
      const tokens = tokensOf(await logInByPassword(site, application, person));
      const token = readAccessToken(keys, tokens.access_token);
      if (token === undefined) throw new Error('The server has another ring');
      const forge = (change: Partial<AccessToken>) => {
        const forged = mintAccessToken(keys.current(), { ...token, ...change });
        registerSecret(forged);
        return forged;
      };
      return { application, tokens, forge };
    }

    describe('somebody with a leaked key', () => {
      it('can’t make an access token that is valid for longer than any token of this server', async () => {
        const { application, forge } = await setUp();
        const forged = forge({ expiresAt: Date.now() + 50 * year });
        const refused = await callApi(site, forged);
        expect(refused.status).toBe(401);
        expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"');
        expect((await introspect(site, application, forged)).body).toEqual({ active: false });
        // The bound is the reason: the same token with the longest lifetime is active.
        expect((await callApi(site, forge({ expiresAt: Date.now() + year }))).status).toBe(200);
      });

      it('can’t revoke anything with such a token', async () => {
        const { application, tokens, forge } = await setUp();
        const forged = forge({ expiresAt: Date.now() + 50 * year });
        expect((await revoke(site, application, forged)).status).toBe(200);
        expect((await callApi(site, tokens.access_token)).status).toBe(200);
        expect((await postForm(site, '/oauth2/report-leak/', null, { token: forged })).status).toBe(200);
        expect((await callApi(site, tokens.access_token)).status).toBe(200);
        expect((await refresh(site, application, tokens.refresh_token)).status).toBe(200);
      });
    });
  },
  { secretKeys: ring.secretKeys },
);

describe('quick rotations', () => {
  it('can’t drop a key whose tokens are still valid, and each is in the audit log', async () => {
    buildOnce();
    const dataDir = newTemporaryDirectory('insiders-rotations');
    const data = ['--data-dir', dataDir];
    const key = openKeyRing({ dataDir, secretKeys: null }).current();
    for (let turn = 0; turn < 9; turn += 1) expect((await run(['keys', 'rotate', ...data])).code).toBe(0);
    expect(openKeyRing({ dataDir, secretKeys: null }).find(key.id)).toEqual(key);
    expect((await run(['keys', 'retire', String(key.id), ...data])).code).toBe(0);
    const audit = (await run(['audit', 'list', ...data])).stdout;
    expect(audit.match(/keys\.rotated/g)).toHaveLength(9);
    expect(audit.match(/keys\.retired/g)).toHaveLength(1);
  });
});
