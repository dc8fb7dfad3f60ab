import { describe, expect, it } from 'vitest';
import { anApplication } from '../../../test/support/oauth-fakes.ts';
import { mayActFor, permitCallback } from './callback-permission.ts';
import type { TrustedRequest } from './checks.ts';

const requestOf = (sandboxUserId: number | null): TrustedRequest => ({
  application: anApplication({ sandboxUserId }),
  redirectUri: 'https://ams.example/callback' as TrustedRequest['redirectUri'],
  state: undefined,
});

describe('the redirect to a callback', () => {
  it.each([
    ['of a reviewed application is permitted for any user', null, { userId: 8, isMember: false }, true],
    ['of a sandbox is permitted for its test user', 7, { userId: 7, isMember: false }, true],
    ['of a sandbox is permitted for its members', 7, { userId: 8, isMember: true }, true],
    ['of a sandbox is not permitted for other users', 7, { userId: 8, isMember: false }, false],
  ])('%s', (_title, sandboxUserId, viewer, permitted) => {
    const request = requestOf(sandboxUserId);
    expect(permitCallback(request, viewer)).toBe(permitted ? request : undefined);
  });

  it('is not access to data: a sandbox acts for its test user only', () => {
    expect(mayActFor(anApplication({ sandboxUserId: 7 }), 7)).toBe(true);
    expect(mayActFor(anApplication({ sandboxUserId: 7 }), 8)).toBe(false);
    expect(mayActFor(anApplication(), 8)).toBe(true);
  });
});
