import { AuthorizationCode, ResourceOwnerPassword } from 'simple-oauth2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizeAt, callApi } from '../support/oauth.ts';
import { newApplication, newUser, type TestApplication } from '../support/site/fixtures.ts';
import { newTestServer } from '../support/site/site.ts';

describe('simple-oauth2', () => {
  const site = newTestServer();
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  const options = ({ clientId, clientSecret }: TestApplication, authorizationMethod: 'header' | 'body') => ({
    client: { id: clientId, secret: clientSecret ?? '' },
    auth: {
      tokenHost: site.url,
      tokenPath: '/oauth2/token/',
      revokePath: '/oauth2/revoke-token/',
    },
    options: { authorizationMethod },
  });

  const status = async (accessToken: string) => (await callApi(site, accessToken)).status;

  it.each(['header', 'body'] as const)('gets and refreshes tokens by code, and revokes both, by %s', async (method) => {
    const application = await newApplication(site);
    const { auth, ...others } = options(application, method);
    const client = new AuthorizationCode({ ...others, auth: { ...auth, authorizePath: '/oauth2/authorize/' } });
    const { redirectUri: redirect_uri } = application;
    const address = client.authorizeURL({ redirect_uri, scope: 'all', state: 'some state' });
    const back = await authorizeAt(site, address, await newUser(site));
    expect(back.searchParams.get('state')).toBe('some state');
    const code = back.searchParams.get('code') ?? '';
    const first = await client.getToken({ code, redirect_uri });
    expect([first.expired(), await status(first.token.access_token)]).toEqual([false, 200]);
    const second = await first.refresh({ scope: 'all' });
    await second.revoke('access_token');
    expect([await status(second.token.access_token), await status(first.token.access_token)]).toEqual([401, 200]);
    const third = await first.refresh();
    await third.revokeAll();
    expect([await status(third.token.access_token), await status(first.token.access_token)]).toEqual([401, 401]);
    await expect(first.refresh()).rejects.toThrow('Response Error: 400');
  });

  it('gets and refreshes tokens by password', async () => {
    const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
    const client = new ResourceOwnerPassword(options(application, 'header'));
    const first = await client.getToken({ username: person.email, password: person.password, scope: 'all' });
    const second = await first.refresh();
    expect(await status(second.token.access_token)).toBe(200);
    await second.revoke('refresh_token');
    expect(await status(second.token.access_token)).toBe(401);
    const wrong = client.getToken({ username: person.email, password: 'wrong' });
    await expect(wrong).rejects.toMatchObject({ data: { payload: { error: 'invalid_grant' } } });
  });
});
