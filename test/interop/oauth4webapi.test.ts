import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizeAt } from '../support/oauth.ts';
import { newApplication, newUser } from '../support/site/fixtures.ts';
import { newTestServer } from '../support/site/site.ts';

const insecure = { [oauth.allowInsecureRequests]: true };

describe('oauth4webapi', () => {
  const site = newTestServer();
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  async function discover(): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(site.url);
    const response = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure });
    // Throws unless the document has exactly this issuer.
    return oauth.processDiscoveryResponse(issuer, response);
  }

  async function canUse(accessToken: string): Promise<boolean> {
    const url = new URL('/api/v1/account/', site.url);
    try {
      const response = await oauth.protectedResourceRequest(accessToken, 'GET', url, undefined, undefined, insecure);
      await response.body?.cancel();
      return response.ok;
    } catch (error) {
      // The client parses the challenge, and throws another error if it is malformed.
      expect(error).toBeInstanceOf(oauth.WWWAuthenticateChallengeError);
      return false;
    }
  }

  it.each([
    ['the Basic header and PKCE', oauth.ClientSecretBasic, true],
    ['the Basic header, without PKCE', oauth.ClientSecretBasic, false],
    ['the form body and PKCE', oauth.ClientSecretPost, true],
  ])('gets and refreshes tokens by code, with %s, and revokes them', async (_name, authenticate, pkce) => {
    const [application, person] = [await newApplication(site), await newUser(site)];
    const server = await discover();
    const client = { client_id: application.clientId };
    const auth = authenticate(application.clientSecret ?? '');
    const [verifier, state] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState()];
    const address = new URL(server.authorization_endpoint ?? '');
    address.search = `${new URLSearchParams({
      client_id: application.clientId,
      response_type: 'code',
      redirect_uri: application.redirectUri,
      state,
      ...(pkce
        ? { code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' }
        : {}),
    })}`;
    const back = await authorizeAt(site, address, person);
    const checked = oauth.validateAuthResponse(server, client, back, state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      auth,
      checked,
      application.redirectUri,
      pkce ? verifier : oauth.nopkce,
      insecure,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response);
    expect([tokens.token_type, tokens.expires_in, await canUse(tokens.access_token)]).toEqual(['bearer', 36_000, true]);
    const again = await oauth.refreshTokenGrantRequest(server, client, auth, tokens.refresh_token ?? '', insecure);
    const refreshed = await oauth.processRefreshTokenResponse(server, client, again);
    const introspected = await oauth.introspectionRequest(server, client, auth, refreshed.access_token, insecure);
    expect((await oauth.processIntrospectionResponse(server, client, introspected)).active).toBe(true);
    const revoked = await oauth.revocationRequest(server, client, auth, tokens.refresh_token ?? '', insecure);
    await oauth.processRevocationResponse(revoked);
    expect([await canUse(tokens.access_token), await canUse(refreshed.access_token)]).toEqual([false, false]);
  });

  it('gets tokens by password, and reads errors', async () => {
    const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
    const server = await discover();
    const client = { client_id: application.clientId };
    const requestTokens = async (password: string, secret: string) => {
      const parameters = { username: person.email, password };
      const auth = oauth.ClientSecretBasic(secret);
      const response = await oauth.genericTokenEndpointRequest(server, client, auth, 'password', parameters, insecure);
      return oauth.processGenericTokenEndpointResponse(server, client, response);
    };
    const secret = application.clientSecret ?? '';
    expect(await canUse((await requestTokens(person.password, secret)).access_token)).toBe(true);
    await expect(requestTokens('wrong', secret)).rejects.toMatchObject({ error: 'invalid_grant' });
    // The 401 has a challenge, which the client parses first.
    await expect(requestTokens(person.password, 'wrong')).rejects.toBeInstanceOf(oauth.WWWAuthenticateChallengeError);
  });
});
