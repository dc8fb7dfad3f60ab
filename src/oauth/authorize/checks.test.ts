import { describe, expect, it } from 'vitest';
import { anApplication, refused } from '../../../test/support/oauth-fakes.ts';
import { parseParams } from '../params.ts';
import { checkRedirect, checkRequest, clientIdOf } from './checks.ts';

const noParameter = () => undefined;
const callback = 'redirect_uri=https://ams.example/callback';
const trusted = (query: string, application = anApplication()) =>
  checkRedirect(parseParams(query), application, noParameter);

describe('before the redirect is trusted (RFC 6749 4.1.2.1)', () => {
  it('client and redirect URI must be valid', () => {
    expect(trusted(`${callback}&state=a%26b`)).toMatchObject({
      redirectUri: 'https://ams.example/callback',
      state: 'a&b',
    });
  });

  it.each([
    ['an unknown application', callback, undefined, 'unknown_application', 'unknown_client'],
    ['a suspended application', callback, anApplication({ status: 'suspended' }), 'unknown_application', 'suspended'],
    ['no redirect_uri', '', anApplication(), 'redirect_uri_missing', 'redirect_uri_missing'],
    ['two of them', `${callback}&${callback}`, anApplication(), 'redirect_uri_missing', 'redirect_uri_missing'],
    [
      'an unregistered one',
      'redirect_uri=https://evil.example/',
      anApplication(),
      'redirect_uri_mismatch',
      'redirect_uri_mismatch',
    ],
    [
      'an unregistered one of an application with another grant type',
      'redirect_uri=https://evil.example/',
      anApplication({ grantType: 'password' }),
      'grant_without_callback',
      'other_grant_type',
    ],
    [
      'none of an application with another grant type',
      '',
      anApplication({ grantType: 'password' }),
      'grant_without_callback',
      'other_grant_type',
    ],
  ])('%s is refused on a page', async (_title, query, application, page, cause) => {
    const act = () => checkRedirect(parseParams(query), application, noParameter);
    expect(await refused(act)).toMatchObject({ row: { page }, cause });
  });

  it('developers are shown what was expected and received', async () => {
    const shownFor = async (query: string, application = anApplication()) =>
      (await refused(() => checkRedirect(parseParams(query), application, noParameter))).shown;
    expect(await shownFor('redirect_uri=https://evil.example/?code=1')).toEqual({
      expected: ['https://ams.example/callback'],
      received: 'https://evil.example/?code=…',
    });
    expect(await shownFor(callback, anApplication({ grantType: 'password', redirectUris: [] }))).toEqual({
      expected: ['password'],
      received: 'authorization_code',
    });
  });

  it('a repeated client_id is ignored', () => {
    expect(clientIdOf(parseParams('client_id=a'))).toBe('a');
    expect(clientIdOf(parseParams('client_id=a&client_id=a'))).toBeUndefined();
  });

  it('a repeated state is not sent back', () => {
    expect(trusted(`${callback}&state=a&state=b`).state).toBeUndefined();
  });
});

describe('after the redirect is trusted (RFC 6749 4.1.1)', () => {
  const check = (query: string, application = anApplication()) =>
    checkRequest(parseParams(`${callback}&${query}`), trusted(callback, application));

  it('the request of the documented example is valid', () => {
    expect(check('response_type=code')).toMatchObject({ scope: 'all', codeChallenge: null });
  });

  it('prompt may be login, consent, or both', () => {
    expect([...check('response_type=code&prompt=consent login').prompts]).toEqual(['login', 'consent']);
  });

  it.each([
    ['', 'invalid_request', 'parameter_missing', ['response_type'], undefined],
    ['response_type=token', 'unsupported_response_type', 'response_type', ['code'], 'token'],
    ['response_type=code token', 'unsupported_response_type', 'response_type', ['code'], 'code token'],
    ['response_type=code&response_mode=form_post', 'invalid_request', 'response_mode', ['query'], 'form_post'],
    ['response_type=code&request=x', 'request_not_supported', 'request_object', undefined, undefined],
    ['request=x', 'request_not_supported', 'request_object', undefined, undefined],
    ['response_type=code&request_uri=x', 'request_uri_not_supported', 'request_uri', undefined, undefined],
    ['request_uri=urn:x&response_type=token', 'request_uri_not_supported', 'request_uri', undefined, undefined],
    ['request=x&request=y', 'invalid_request', 'parameter_repeated', undefined, 'request'],
    ['response_type=code&scope=admin', 'invalid_scope', 'unknown_scope', ['all'], 'admin'],
    ['response_type=code&scope=all&scope=all', 'invalid_request', 'parameter_repeated', undefined, 'scope'],
    ['response_type=code&state=a&state=a', 'invalid_request', 'parameter_repeated', undefined, 'state'],
    ['response_type=code&prompt=none', 'invalid_request', 'prompt', ['login', 'consent'], 'none'],
    ['response_type=code&prompt=banana', 'invalid_request', 'prompt', ['login', 'consent'], '(6 characters)'],
    [
      'response_type=code&prompt=login banana',
      'invalid_request',
      'prompt',
      ['login', 'consent'],
      'login (6 characters)',
    ],
  ])('%j is refused', async (query, code, cause, expected, received) => {
    const error = await refused(() => check(query));
    const { shown } = error;
    expect(error).toMatchObject({ row: { error: code, redirect: true }, cause });
    expect([shown.expected, shown.received]).toEqual([expected, received]);
  });

  it.each([
    ['a malformed challenge', '&code_challenge=x&code_challenge_method=S256', anApplication(), 'challenge_malformed'],
    ['a public application without a challenge', '', anApplication({ confidential: false }), 'challenge_missing'],
  ])('%s is refused', async (_title, query, application, cause) => {
    const act = () => check(`response_type=code${query}`, application);
    expect(await refused(act)).toMatchObject({ row: { error: 'invalid_request' }, cause });
  });

  it.each(['response_mode=query', 'prompt=', 'request='])('%j is accepted', (query) => {
    expect([...check(`response_type=code&${query}`).prompts]).toEqual([]);
  });

  it('the challenge is returned', () => {
    const challenge = 'E'.repeat(43);
    const query = `response_type=code&code_challenge=${challenge}&code_challenge_method=S256`;
    expect(check(query).codeChallenge).toBe(challenge);
  });

  it('an application with the password grant is refused with its grant type', async () => {
    const act = () => check('response_type=code', anApplication({ grantType: 'password' }));
    expect(await refused(act)).toMatchObject({
      row: { error: 'unauthorized_client' },
      cause: 'other_grant_type',
    });
  });
});
