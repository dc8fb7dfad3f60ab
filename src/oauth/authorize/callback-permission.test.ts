import { describe, expect, it } from 'vitest';
import { anApplication } from '../../../test/support/oauth-fakes.ts';
import { mayActFor, permitCallback } from './callback-permission.ts';
import type { TrustedRequest } from './checks.ts';

const of = (sandboxUserId: number | null): TrustedRequest => ({
  application: anApplication({ sandboxUserId }),
  redirectUri: 'https://ams.example/callback' as TrustedRequest['redirectUri'],
  state: undefined,
});

describe('the way back to the application', () => {
  it.each([
    ['of a reviewed application is open to everybody', null, { userId: 8, isMember: false }, true],
    ['of a sandbox is open to its test user', 7, { userId: 7, isMember: false }, true],
    ['of a sandbox is open to its members', 7, { userId: 8, isMember: true }, true],
    ['of a sandbox is closed to everybody else', 7, { userId: 8, isMember: false }, false],
  ])('%s', (_what, sandboxUserId, viewer, open) => {
    const request = of(sandboxUserId);
    expect(permitCallback(request, viewer)).toBe(open ? request : undefined);
  });

  it('is not what a sandbox acts for: that is its test user alone', () => {
    expect(mayActFor(anApplication({ sandboxUserId: 7 }), 7)).toBe(true);
    expect(mayActFor(anApplication({ sandboxUserId: 7 }), 8)).toBe(false);
    expect(mayActFor(anApplication(), 8)).toBe(true);
  });
});
