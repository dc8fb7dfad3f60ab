import { describe, expect, it } from 'vitest';
import { anApplication } from '../../../test/support/oauth-fakes.ts';
import type { Authorization } from '../../ports/store/index.ts';
import { parseScope } from '../scope.ts';
import type { AuthorizationRequest } from './checks.ts';
import { consentReasons } from './consent.ts';

const given: Authorization = {
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
  it('is remembered for the same user, application and scope, an https callback and an application with a secret', () => {
    expect(consentReasons(request(), given)).toEqual([]);
  });

  it.each([
    ['nothing was given before', request(), undefined, 'first_time'],
    ['access was given by password only', request(), { ...given, consentEpoch: null }, 'first_time'],
    ['another scope was given', request(), { ...given, scope: 'some' }, 'scope_changed'],
    [
      'the application changed since',
      request({ application: anApplication({ consentEpoch: 2 }) }),
      given,
      'application_changed',
    ],
    ['the application asks for it', request({ prompts: new Set(['consent'] as const) }), given, 'asked_for'],
    [
      'the application has no secret',
      request({ application: anApplication({ confidential: false }) }),
      given,
      'public_application',
    ],
    [
      'the callback is on this machine',
      request({ redirectUri: 'http://127.0.0.1:8000/' as AuthorizationRequest['redirectUri'] }),
      given,
      'callback_not_https',
    ],
  ])('is asked for when %s', (_title, asked, before, reason) => {
    expect(consentReasons(asked, before)).toContain(reason);
  });
});
