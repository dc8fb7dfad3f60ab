import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizeAt } from '../support/oauth.ts';
import { newApplication, newDevice, newUser, type TestApplication } from '../support/site/fixtures.ts';
import { newTestServer } from '../support/site/site.ts';

describe('openid-client', () => {
  const site = newTestServer();
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  async function configure({ clientId, clientSecret }: TestApplication, auth?: client.ClientAuth) {
    const options: client.DiscoveryRequestOptions = { algorithm: 'oauth2', execute: [client.allowInsecureRequests] };
    return client.discovery(new URL(site.url), clientId, clientSecret ?? undefined, auth, options);
  }

  async function countDevices(config: client.Configuration, accessToken: string): Promise<unknown> {
    const url = new URL('/api/v1/devices/?current=true', site.url);
    const response = await client.fetchProtectedResource(config, accessToken, url, 'GET');
    return ((await response.json()) as { count: unknown }).count;
  }

  it.each([
    ['the Basic header and PKCE', client.ClientSecretBasic, true],
    ['the Basic header, without PKCE', client.ClientSecretBasic, false],
    ['the form body and PKCE', client.ClientSecretPost, true],
  ])('gets and refreshes tokens by code, with %s, and revokes them', async (_name, authenticate, pkce) => {
    const [application, person] = [await newApplication(site), await newUser(site)];
    await newDevice(site, person);
    const config = await configure(application, authenticate(application.clientSecret ?? ''));
    const [verifier, state] = [client.randomPKCECodeVerifier(), client.randomState()];
    const code_challenge = await client.calculatePKCECodeChallenge(verifier);
    const address = client.buildAuthorizationUrl(config, {
      redirect_uri: application.redirectUri,
      scope: 'all',
      state,
      ...(pkce ? { code_challenge, code_challenge_method: 'S256' } : {}),
    });
    const back = await authorizeAt(site, address, person);
    const checks = { expectedState: state, ...(pkce ? { pkceCodeVerifier: verifier } : {}) };
    const tokens = await client.authorizationCodeGrant(config, back, checks);
    expect(tokens.expires_in).toBe(36_000);
    expect(await countDevices(config, tokens.access_token)).toBe(1);
    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(await countDevices(config, refreshed.access_token)).toBe(1);
    const introspected = await client.tokenIntrospection(config, refreshed.access_token);
    expect(introspected).toMatchObject({ active: true, username: person.email });
    await client.tokenRevocation(config, tokens.refresh_token ?? '');
    expect((await client.tokenIntrospection(config, refreshed.access_token)).active).toBe(false);
    await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('gets tokens as a public application', async () => {
    const application = await newApplication(site, { isPublic: true, redirectUris: ['http://127.0.0.1/back'] });
    const config = await configure(application, client.None());
    const verifier = client.randomPKCECodeVerifier();
    const address = client.buildAuthorizationUrl(config, {
      redirect_uri: 'http://127.0.0.1:51234/back',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const back = await authorizeAt(site, address, await newUser(site));
    const tokens = await client.authorizationCodeGrant(config, back, { pkceCodeVerifier: verifier });
    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);
    await client.tokenRevocation(config, refreshed.refresh_token ?? '');
  });

  it('gets tokens by password, and reads errors', async () => {
    const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
    const config = await configure(application);
    const params = { username: person.email, password: person.password };
    const tokens = await client.genericGrantRequest(config, 'password', params);
    expect(await countDevices(config, tokens.access_token)).toBe(0);
    const wrong = client.genericGrantRequest(config, 'password', { ...params, password: 'wrong' });
    await expect(wrong).rejects.toMatchObject({ error: 'invalid_grant', status: 400 });
    const unauthenticated = await configure({ ...application, clientSecret: 'wrong' });
    await expect(client.genericGrantRequest(unauthenticated, 'password', params)).rejects.toThrow();
  });
});
