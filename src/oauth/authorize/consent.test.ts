import { describe, expect, it } from 'vitest';
import { anApplication } from '../../../test/support/oauth-fakes.ts';
import type { Authorization } from '../../ports/store/index.ts';
import { parseScope } from '../scope.ts';
import type { AuthorizationRequest } from './checks.ts';
import { consentReasons } from './consent.ts';

const existing: Authorization = {
  id: 'a',
  userId: 7,
  applicationId: 'application-1',
  scope: 'all',
  method: 'consent',
  consentEpoch: 1,
  createdAt: 0,
  lastUsedAt: null,
};
const request = (change: Partial<AuthorizationRequest> = {}): AuthorizationRequest => ({
  application: anApplication(),
  redirectUri: 'https://ams.example/callback' as AuthorizationRequest['redirectUri'],
  state: undefined,
  scope: parseScope('all'),
  codeChallenge: null,
  prompts: new Set(),
  ...change,
});

describe('consent (RFC 6749 10.2)', () => {
  it('is not asked for again for the same scope, an https callback and a confidential application', () => {
    expect(consentReasons(request(), existing)).toEqual([]);
  });

  it.each([
    ['there is no authorization', request(), undefined, 'first_time'],
    ['the authorization is by password only', request(), { ...existing, consentEpoch: null }, 'first_time'],
    ['the authorization has another scope', request(), { ...existing, scope: 'some' }, 'scope_changed'],
    [
      'the application has changed since',
      request({ application: anApplication({ consentEpoch: 2 }) }),
      existing,
      'application_changed',
    ],
    ['the application asks for it', request({ prompts: new Set(['consent'] as const) }), existing, 'asked_for'],
    [
      'the application is public',
      request({ application: anApplication({ confidential: false }) }),
      existing,
      'public_application',
    ],
    [
      'the callback is on a loopback address',
      request({ redirectUri: 'http://127.0.0.1:8000/' as AuthorizationRequest['redirectUri'] }),
      existing,
      'callback_not_https',
    ],
  ])('is asked for when %s', (_title, authorizationRequest, authorization, reason) => {
    expect(consentReasons(authorizationRequest, authorization)).toContain(reason);
  });
});
