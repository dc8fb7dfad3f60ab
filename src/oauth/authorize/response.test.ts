import { describe, expect, it } from 'vitest';
import { anApplication } from '../../../test/support/oauth-fakes.ts';
import { OAuthError } from '../errors/oauth-error.ts';
import type { CallbackPermitted } from './callback-permission.ts';
import type { TrustedRequest } from './checks.ts';
import { errorLocation, errorUri, successLocation } from './response.ts';

const issuer = 'https://insiders.example';
const trusted = (state?: string) =>
  ({
    application: anApplication(),
    redirectUri: 'https://ams.example/callback?x=1' as TrustedRequest['redirectUri'],
    state,
  }) as CallbackPermitted;

describe('the redirect to the callback', () => {
  it('has code, state and issuer in the query (RFC 6749 4.1.2, RFC 9207 2)', () => {
    const { searchParams, hash } = new URL(successLocation(trusted('a&code=evil'), 'c', issuer));
    expect(Object.fromEntries(searchParams)).toEqual({ x: '1', code: 'c', state: 'a&code=evil', iss: issuer });
    expect(hash).toBe('');
  });

  it('escapes the request ID in the link to the page of the error', () => {
    const page = 'https://insiders.example/docs/errors/invalid_scope/?request=a%26b%2Fc';
    expect(errorUri(issuer, 'invalid_scope', 'a&b/c')).toBe(page);
  });

  it('has no state if none was sent', () => {
    expect(successLocation(trusted(), 'c', issuer)).not.toContain('state');
  });

  it('has the error, its description and its page (RFC 6749 4.1.2.1)', () => {
    const error = new OAuthError('unknown_scope', { text: { scope: 'all' }, expected: ['all'], received: 'x' });
    const { searchParams } = new URL(errorLocation(trusted('s'), error, issuer, 'request-1'));
    expect(Object.fromEntries(searchParams)).toEqual({
      x: '1',
      error: 'invalid_scope',
      error_description: 'The scope is unknown; there is one scope: all',
      error_uri: 'https://insiders.example/docs/errors/invalid_scope/?request=request-1',
      state: 's',
      iss: issuer,
    });
  });
});
