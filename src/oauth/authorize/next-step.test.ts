import { describe, expect, it } from 'vitest';
import { anApplication, now } from '../../../test/support/oauth-fakes.ts';
import type { Authorization } from '../../ports/store/index.ts';
import { parseScope } from '../scope.ts';
import type { AuthorizationRequest, Prompt } from './checks.ts';
import { nextStep } from './next-step.ts';

const existing = { scope: 'all', consentEpoch: 1 } as Authorization;
const request = (...prompts: Prompt[]): AuthorizationRequest => ({
  application: anApplication(),
  redirectUri: 'https://ams.example/callback' as AuthorizationRequest['redirectUri'],
  state: undefined,
  scope: parseScope('all'),
  codeChallenge: null,
  prompts: new Set(prompts),
});
const loggedIn = (since: number) => ({ userId: 7, since });

describe('the next step', () => {
  it('is to log in without a session', () => {
    expect(nextStep(request(), undefined, now, undefined)).toEqual({ kind: 'log-in' });
  });

  it('is to ask for consent, with the reasons', () => {
    expect(nextStep(request(), loggedIn(0), now, undefined)).toEqual({ kind: 'ask', reasons: ['first_time'] });
  });

  it('is to grant if the existing consent counts', () => {
    expect(nextStep(request(), loggedIn(0), now, existing)).toEqual({ kind: 'grant' });
  });

  it('with prompt=login is to log in, unless the login is after the request', () => {
    expect(nextStep(request('login'), loggedIn(now - 1), now, existing)).toEqual({ kind: 'log-in' });
    expect(nextStep(request('login'), loggedIn(now), now, existing)).toEqual({ kind: 'grant' });
  });
});
