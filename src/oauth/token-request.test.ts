import { describe, expect, it } from 'vitest';
import { aCode, anApplication, aRefreshState, basicFor, fakeContext, refused } from '../../test/support/oauth-fakes.ts';
import { grants } from './grants/index.ts';
import { handleTokenRequest } from './token-request.ts';

const presented = `insiders_rt_${'a'.repeat(66)}`;
const request = (body: string, authorization: string | undefined = basicFor()) => ({
  body,
  authorization,
  from: '192.0.2.1',
  network: '192.0.2.1',
});
const codeBody = 'grant_type=authorization_code&code=x&redirect_uri=https://ams.example/callback';
const passwordApplication = anApplication({ grantType: 'password' });

describe('the token endpoint (RFC 6749 3.2)', () => {
  it('returns tokens for a code, with the members of RFC 6749 5.1', async () => {
    const { context, fakes } = fakeContext({ code: aCode() });
    const response = await handleTokenRequest(context, request(codeBody));
    expect(Object.keys(response)).toEqual(['access_token', 'expires_in', 'token_type', 'scope', 'refresh_token']);
    expect(response).toMatchObject({ expires_in: 36_000, token_type: 'Bearer', scope: 'all' });
    expect(fakes.calls).toEqual(['redeem']);
  });

  it('returns tokens for a password', async () => {
    const { context, fakes } = fakeContext({
      applications: [passwordApplication],
      password: { outcome: 'signed_in', user: { id: 7, passwordEpoch: 1 } },
    });
    await handleTokenRequest(context, request('grant_type=password&username=a&password=b'));
    expect(fakes.calls).toEqual(['password checked', 'start for 7 at epoch 1']);
  });

  it('returns tokens for a refresh token without a write', async () => {
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
    [
      'repeated parameters, before any other check',
      'grant_type=x&grant_type=x',
      '',
      'invalid_request',
      'parameter_repeated',
    ],
    ['a malformed body, before any other check', 'grant_type=%', '', 'invalid_request', 'malformed'],
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
  ])('refuses %s', async (_title, body, header, code, cause) => {
    const { context, fakes } = fakeContext({ code: aCode() });
    const sent = header === 'none' ? { ...request(body), authorization: undefined } : request(body);
    expect(await refused(() => handleTokenRequest(context, sent))).toMatchObject({ row: { error: code }, cause });
    // Nothing was written, and no password was checked.
    expect(fakes.calls).toEqual([]);
  });
});

it('developers are shown the grant types that are expected, and the one that was sent', async () => {
  const shownFor = async (grantType: string) =>
    (await refused(() => handleTokenRequest(fakeContext().context, request(`grant_type=${grantType}`)))).shown;
  const expected = grants.map(({ grantType }) => grantType);
  expect(await shownFor('implicit')).toEqual({ expected, received: 'implicit' });
  expect(await shownFor('password')).toEqual({ expected: ['authorization_code'], received: 'password' });
});

describe('a lost race', () => {
  it('over a code is decided again with the new state', async () => {
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

  it('is given up after three attempts', async () => {
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
