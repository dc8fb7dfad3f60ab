import { createRequire } from 'node:module';
import { authorizationCode, ownerCredentials, refreshToken } from 'axios-oauth-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizeAt, authorizeUrl, callApi, revokePath } from '../support/oauth.ts';
import { newApplication, newUser, type TestApplication } from '../support/site/fixtures.ts';
import { newTestServer } from '../support/site/site.ts';

type AxiosInstance = Parameters<typeof refreshToken>[0];
interface Axios {
  create(): AxiosInstance;
}

/** The axios that axios-oauth-client depends on. */
const axios = createRequire(import.meta.resolve('axios-oauth-client'))('axios') as Axios;

describe('axios-oauth-client', () => {
  const site = newTestServer();
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  const tokenUrl = () => `${site.url}/oauth2/token/`;
  const status = async (accessToken: string) => (await callApi(site, accessToken)).status;

  function refresh(application: TestApplication, token: string) {
    const { clientId, clientSecret } = application;
    return refreshToken(axios.create(), tokenUrl(), clientId, clientSecret ?? '')(token, 'all');
  }

  it('gets and refreshes tokens by code', async () => {
    const application = await newApplication(site);
    const { clientId, clientSecret, redirectUri } = application;
    const back = await authorizeAt(site, site.url + authorizeUrl(application), await newUser(site));
    const redeem = authorizationCode(axios.create(), tokenUrl(), clientId, clientSecret ?? '', redirectUri);
    const first = await redeem(back.searchParams.get('code') ?? '', 'all');
    expect([first.expires_in, await status(first.access_token)]).toEqual([36_000, 200]);
    const second = await refresh(application, first.refresh_token ?? '');
    expect(await status(second.access_token)).toBe(200);
  });

  it('gets and refreshes tokens by password, and revokes them with axios itself', async () => {
    const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
    const { clientId, clientSecret } = application;
    const logIn = ownerCredentials(axios.create(), tokenUrl(), clientId, clientSecret ?? '');
    const first = await logIn(person.email, person.password, 'all');
    const second = await refresh(application, first.refresh_token ?? '');
    expect(await status(second.access_token)).toBe(200);
    const form = new URLSearchParams({ token: first.refresh_token ?? '' });
    const auth = { username: clientId, password: clientSecret ?? '' };
    const response = await axios.create().post(site.url + revokePath, form, { auth });
    expect([response.status, response.data]).toEqual([200, {}]);
    expect(await status(second.access_token)).toBe(401);
    const wrong = logIn(person.email, 'wrong');
    await expect(wrong).rejects.toMatchObject({ response: { status: 400, data: { error: 'invalid_grant' } } });
  });
});
