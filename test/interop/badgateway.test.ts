import { generateCodeVerifier, OAuth2Client } from '@badgateway/oauth2-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizeAt, callApi } from '../support/oauth.ts';
import { newApplication, newUser, type TestApplication } from '../support/site/fixtures.ts';
import { newTestServer } from '../support/site/site.ts';

describe('@badgateway/oauth2-client', () => {
  const site = newTestServer();
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  const status = async (accessToken: string) => (await callApi(site, accessToken)).status;

  /** A client that knows only the origin of the server: it finds the endpoints in the metadata. */
  function newClient(
    { clientId, clientSecret }: TestApplication,
    authenticationMethod: 'client_secret_basic' | 'client_secret_post' = 'client_secret_basic',
  ): OAuth2Client {
    const secret = clientSecret === null ? {} : { clientSecret };
    return new OAuth2Client({ server: `${site.url}/`, clientId, ...secret, authenticationMethod });
  }

  it.each([
    ['client_secret_basic', true],
    ['client_secret_basic', false],
    ['client_secret_post', true],
  ] as const)('gets and refreshes tokens by code, and revokes them (%s, PKCE: %s)', async (method, pkce) => {
    const application = await newApplication(site);
    const client = newClient(application, method);
    const { redirectUri } = application;
    const proof = pkce ? { codeVerifier: await generateCodeVerifier() } : {};
    const params = { redirectUri, state: 'some state', ...proof };
    const address = await client.authorizationCode.getAuthorizeUri({ ...params, scope: ['all'] });
    const back = await authorizeAt(site, address, await newUser(site));
    const first = await client.authorizationCode.getTokenFromCodeRedirect(back.href, params);
    expect(await status(first.accessToken)).toBe(200);
    const second = await client.refreshToken(first);
    expect(await client.introspect(second)).toMatchObject({ active: true });
    await client.revoke(second, 'refresh_token');
    expect([await status(first.accessToken), await status(second.accessToken)]).toEqual([401, 401]);
    await expect(client.refreshToken(first)).rejects.toMatchObject({ oauth2Code: 'invalid_grant' });
  });

  it('gets tokens as a public application', async () => {
    const application = await newApplication(site, { isPublic: true });
    const client = newClient(application);
    const { redirectUri } = application;
    const params = { redirectUri, state: 's', codeVerifier: await generateCodeVerifier() };
    const back = await authorizeAt(site, await client.authorizationCode.getAuthorizeUri(params), await newUser(site));
    const first = await client.authorizationCode.getTokenFromCodeRedirect(back.href, params);
    expect(await status((await client.refreshToken(first)).accessToken)).toBe(200);
  });

  it('gets and refreshes tokens by password, and reads errors', async () => {
    const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
    const client = newClient(application);
    const first = await client.password({ username: person.email, password: person.password });
    expect(await status((await client.refreshToken(first)).accessToken)).toBe(200);
    await client.revoke(first, 'access_token');
    expect(await status(first.accessToken)).toBe(401);
    const wrong = client.password({ username: person.email, password: 'wrong' });
    await expect(wrong).rejects.toMatchObject({ oauth2Code: 'invalid_grant', httpCode: 400 });
  });
});
