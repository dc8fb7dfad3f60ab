import { Strategy } from 'passport-oauth2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizeAt, callApi, revoke } from '../support/oauth.ts';
import { newApplication, newUser, type TestApplication } from '../support/site/fixtures.ts';
import { newTestServer } from '../support/site/site.ts';

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

describe('passport-oauth2', () => {
  const site = newTestServer();
  beforeAll(() => site.start());
  afterAll(() => site.stop());

  function newStrategy(application: TestApplication, pkce: boolean): Strategy {
    const options = {
      authorizationURL: `${site.url}/oauth2/authorize/`,
      tokenURL: `${site.url}/oauth2/token/`,
      clientID: application.clientId,
      clientSecret: application.clientSecret ?? '',
      callbackURL: application.redirectUri,
      state: true,
      pkce,
      scope: 'all',
    };
    return new Strategy(options, (accessToken, refreshToken, _parameters, _profile, done) =>
      done(null, { accessToken, refreshToken }),
    );
  }

  /** Runs the strategy for one request of express. Returns the address of the redirect, or the tokens. */
  function authenticate(strategy: Strategy, session: object, query: object): Promise<string | Tokens> {
    return new Promise((done, failed) => {
      const request = Object.assign(Object.create(strategy) as Strategy, {
        redirect: done,
        success: done as (user: object) => void,
        fail: failed,
        error: failed,
      });
      request.authenticate({ query, session, headers: {}, url: '/', connection: {} });
    });
  }

  function requestTokens(strategy: Strategy, code: string, parameters: object): Promise<Tokens> {
    return new Promise((done, failed) => {
      strategy._oauth2.getOAuthAccessToken(code, parameters, (error, accessToken = '', refreshToken = '') =>
        error === null ? done({ accessToken, refreshToken }) : failed(error),
      );
    });
  }

  it.each([true, false])('logs in by code and refreshes (PKCE: %s)', async (pkce) => {
    const application = await newApplication(site);
    const strategy = newStrategy(application, pkce);
    const session = {};
    const address = await authenticate(strategy, session, {});
    expect(String(address).includes('code_challenge=')).toBe(pkce);
    const back = await authorizeAt(site, String(address), await newUser(site));
    const first = (await authenticate(strategy, session, Object.fromEntries(back.searchParams))) as Tokens;
    expect((await callApi(site, first.accessToken)).status).toBe(200);
    const second = await requestTokens(strategy, first.refreshToken, { grant_type: 'refresh_token' });
    expect((await callApi(site, second.accessToken)).status).toBe(200);
    // passport-oauth2 has no revocation.
    expect((await revoke(site, application, second.refreshToken)).text).toBe('{}');
    await expect(requestTokens(strategy, first.refreshToken, { grant_type: 'refresh_token' })).rejects.toMatchObject({
      statusCode: 400,
    });
  });

  it('reports a denial', async () => {
    const strategy = newStrategy(await newApplication(site), true);
    const session = {};
    const address = String(await authenticate(strategy, session, {}));
    const back = await authorizeAt(site, address, await newUser(site), 'deny');
    const response = authenticate(strategy, session, Object.fromEntries(back.searchParams));
    await expect(response).rejects.toMatchObject({ message: 'The user denied the request' });
  });

  it('gets tokens by password, through the oauth library it uses', async () => {
    const [application, person] = [await newApplication(site, { grantType: 'password' }), await newUser(site)];
    const strategy = newStrategy(application, false);
    const { email: username, password } = person;
    const first = await requestTokens(strategy, '', { grant_type: 'password', username, password });
    expect((await callApi(site, first.accessToken)).status).toBe(200);
    const wrong = requestTokens(strategy, '', { grant_type: 'password', username, password: 'wrong' });
    await expect(wrong).rejects.toMatchObject({ statusCode: 400, data: expect.stringContaining('invalid_grant') });
  });
});
