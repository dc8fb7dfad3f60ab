import { describe, expect, it } from 'vitest';
import { anApplication, refusalOf } from '../../../test/support/oauth-fakes.ts';
import { parseParams } from '../params.ts';
import { checkRedirect, checkRequest, clientIdOf } from './checks.ts';

const callback = 'redirect_uri=https://ams.example/callback';
const trusted = (query: string, application = anApplication()) => checkRedirect(parseParams(query), application);

describe('before the redirect is trusted (RFC 6749 4.1.2.1)', () => {
  it('client and redirect URI must be right', () => {
    expect(trusted(`${callback}&state=a%26b`)).toMatchObject({
      redirectUri: 'https://ams.example/callback',
      state: 'a&b',
    });
  });

  it.each([
    ['an unknown application', callback, undefined, 'unknown_application'],
    ['a suspended application', callback, anApplication({ status: 'suspended' }), 'unknown_application'],
    ['no redirect_uri', '', anApplication(), 'redirect_uri_missing'],
    ['two of them', `${callback}&${callback}`, anApplication(), 'redirect_uri_missing'],
    ['a foreign one', 'redirect_uri=https://evil.example/', anApplication(), 'redirect_uri_mismatch'],
    [
      'a foreign one, also for an application that may not ask at all',
      'redirect_uri=https://evil.example/',
      anApplication({ grantType: 'password' }),
      'grant_without_callback',
    ],
    ['none, for such an application', '', anApplication({ grantType: 'password' }), 'grant_without_callback'],
  ])('%s is refused on the spot', async (_title, query, application, reason) => {
    expect(await refusalOf(() => checkRedirect(parseParams(query), application))).toBe(reason);
  });

  it('a repeated client_id names nobody', () => {
    expect(clientIdOf(parseParams('client_id=a'))).toBe('a');
    expect(clientIdOf(parseParams('client_id=a&client_id=a'))).toBeUndefined();
  });

  it('a repeated state is not sent back', () => {
    expect(trusted(`${callback}&state=a&state=b`).state).toBeUndefined();
  });
});

describe('after it (RFC 6749 4.1.1)', () => {
  const check = (query: string, application = anApplication()) =>
    checkRequest(parseParams(`${callback}&${query}`), trusted(callback, application));

  it('a request as the documented example sends it is fine', () => {
    expect(check('response_type=code')).toMatchObject({ scope: 'all', codeChallenge: null });
  });

  it('prompt may ask for a fresh log-in, for consent, or for both', () => {
    expect([...check('response_type=code&prompt=consent login').prompts]).toEqual(['login', 'consent']);
  });

  it.each([
    ['', 'invalid_request'],
    ['response_type=token', 'unsupported_response_type'],
    ['response_type=code token', 'unsupported_response_type'],
    ['response_type=code&response_mode=form_post', 'invalid_request'],
    ['response_type=code&request=x', 'invalid_request'],
    ['response_type=code&request_uri=x', 'invalid_request'],
    ['response_type=code&scope=admin', 'invalid_scope'],
    ['response_type=code&scope=all&scope=all', 'invalid_request'],
    ['response_type=code&state=a&state=a', 'invalid_request'],
    ['response_type=code&code_challenge=x&code_challenge_method=S256', 'invalid_request'],
    ['response_type=code&prompt=none', 'invalid_request'],
    ['response_type=code&prompt=banana', 'invalid_request'],
  ])('%j is refused', async (query, reason) => {
    expect(await refusalOf(() => check(query))).toBe(reason);
  });

  it('an application with the password grant is told so', async () => {
    const act = () => check('response_type=code', anApplication({ grantType: 'password' }));
    expect(await refusalOf(act)).toBe('unauthorized_client');
  });
});
