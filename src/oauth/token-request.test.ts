import { describe, expect, it } from 'vitest';
import { aCode, anApplication, aRefreshState, basicFor, fakeContext, refused } from '../../test/support/oauth-fakes.ts';
import { handleTokenRequest } from './token-request.ts';

const presented = `insiders_rt_${'a'.repeat(66)}`;
const request = (body: string, authorization: string | undefined = basicFor()) => ({
  body,
  authorization,
  from: '192.0.2.1',
});
const codeBody = 'grant_type=authorization_code&code=x&redirect_uri=https://ams.example/callback';
const passwordApplication = anApplication({ grantType: 'password' });

describe('the token endpoint (RFC 6749 3.2)', () => {
  it('answers a code with tokens, in the order and form of RFC 6749 5.1', async () => {
    const { context, fakes } = fakeContext({ code: aCode() });
    const response = await handleTokenRequest(context, request(codeBody));
    expect(Object.keys(response)).toEqual(['access_token', 'expires_in', 'token_type', 'scope', 'refresh_token']);
    expect(response).toMatchObject({ expires_in: 36_000, token_type: 'Bearer', scope: 'all' });
    expect(fakes.calls).toEqual(['redeem']);
  });

  it('answers a password with tokens', async () => {
    const { context, fakes } = fakeContext({
      applications: [passwordApplication],
      password: { outcome: 'signed_in', user: { id: 7, passwordEpoch: 1 } },
    });
    await handleTokenRequest(context, request('grant_type=password&username=a&password=b'));
    expect(fakes.calls).toEqual(['password checked', 'start for 7 at epoch 1']);
  });

  it('answers a refresh without writing anything', async () => {
    const { context, fakes } = fakeContext({ refreshState: aRefreshState() });
    const response = await handleTokenRequest(context, request(`grant_type=refresh_token&refresh_token=${presented}`));
    expect(response.refresh_token).toBe(presented);
    expect(fakes.calls).toEqual(['use of AAAAAAAAAAAAAAAAAAAAAA']);
  });

  it("uses the application's own lifetime", async () => {
    const { context } = fakeContext({
      applications: [anApplication({ accessTokenSeconds: 60 })],
      refreshState: aRefreshState(),
    });
    const response = await handleTokenRequest(context, request(`grant_type=refresh_token&refresh_token=${presented}`));
    expect(response.expires_in).toBe(60);
  });

  it.each([
    ['repeated parameters, before all else', 'grant_type=x&grant_type=x', '', 'invalid_request', 'parameter_repeated'],
    ['a broken body, before all else', 'grant_type=%', '', 'invalid_request', 'malformed'],
    [
      'a client without authentication, before its grant type',
      'grant_type=banana',
      'none',
      'invalid_client',
      'credentials_missing',
    ],
    ['a missing grant type', 'code=x', '', 'invalid_request', 'parameter_missing'],
    ['an unknown grant type', 'grant_type=client_credentials', '', 'unsupported_grant_type', 'unknown_grant_type'],
    [
      'the grant type of another application',
      'grant_type=password&username=a&password=b',
      '',
      'unauthorized_client',
      'other_grant_type',
    ],
    ['a missing code', 'grant_type=authorization_code', '', 'invalid_request', 'parameter_missing'],
  ])('refuses %s', async (_title, body, header, reason, cause) => {
    const { context, fakes } = fakeContext({ code: aCode() });
    const shown = header === 'none' ? { ...request(body), authorization: undefined } : request(body);
    expect(await refused(() => handleTokenRequest(context, shown))).toMatchObject({ row: { error: reason }, cause });
    // Nothing was written, and no password was looked at.
    expect(fakes.calls).toEqual([]);
  });
});

it('the people of the application are shown which grant types there are, and which one came', async () => {
  const shownFor = async (grantType: string) =>
    (await refused(() => handleTokenRequest(fakeContext().context, request(`grant_type=${grantType}`)))).shown;
  const expected = ['authorization_code', 'password', 'refresh_token'];
  expect(await shownFor('implicit')).toEqual({ expected, received: 'implicit' });
  expect(await shownFor('password')).toEqual({ expected: ['authorization_code'], received: 'password' });
});

describe('a lost race', () => {
  it('over a code is decided again on what is true then', async () => {
    const { context, fakes } = fakeContext({ outcomes: ['lost'], code: aCode() });
    const { redeem } = context.store.codes;
    context.store.codes.redeem = async (code, family) => {
      fakes.code = aCode({ familyId: 'winner', redeemedAt: fakes.time });
      return redeem(code, family);
    };
    expect(await refused(() => handleTokenRequest(context, request(codeBody)))).toMatchObject({
      row: { error: 'invalid_grant' },
      cause: 'code_replayed',
    });
    expect(fakes.calls).toEqual(['redeem', 'revoke family winner', 'record code.replayed']);
  });

  it('is given up after a few tries', async () => {
    const { context, fakes } = fakeContext({
      applications: [anApplication({ refreshPolicy: 'rotate' })],
      refreshState: aRefreshState(),
      outcomes: ['lost', 'lost', 'lost', 'lost'],
    });
    const body = `grant_type=refresh_token&refresh_token=${presented}`;
    expect(await refused(() => handleTokenRequest(context, request(body)))).toMatchObject({
      row: { error: 'invalid_grant' },
      cause: 'lost_every_race',
    });
    expect(fakes.calls).toEqual(['rotate', 'rotate', 'rotate']);
  });
});
