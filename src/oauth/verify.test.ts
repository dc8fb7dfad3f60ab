import { describe, expect, it } from 'vitest';
import { fakeContext, now } from '../../test/support/oauth-fakes.ts';
import type { AccessTokenState } from '../ports/store/index.ts';
import { mintAccessToken } from './formats/access-token.ts';
import { verifyAccessToken } from './verify.ts';

const familyId = 'AAAAAAAAAAAAAAAAAAAAAA';
const state: AccessTokenState = {
  familyId,
  authorizationId: 'a',
  userId: 7,
  userEmail: 'a@example.org',
  applicationId: 'application-1',
  clientId: 'insiders_app_1',
  sandbox: false,
  scope: 'all',
  revocationCause: null,
};

function verify(found: AccessTokenState | undefined, at = now) {
  const { context } = fakeContext({ time: at });
  context.store.families.findByAccessToken = async () => found;
  const tokenId = Buffer.alloc(15, 5).toString('base64url');
  return verifyAccessToken(context, mintAccessToken(context.keys.current(), { tokenId, familyId, expiresAt: now + 1 }));
}

describe('an access token (RFC 6750 2.1)', () => {
  it('is active while it has not expired and its family is active', async () => {
    expect(await verify(state)).toMatchObject({ userId: 7, clientId: 'insiders_app_1', token: { familyId } });
  });

  it.each([
    ['expired, from that millisecond on', state, now + 1, 'expired'],
    ['of a revoked family', { ...state, revocationCause: 'revoked' as const }, now, 'revoked'],
    ['of an unknown family', undefined, now, 'revoked'],
  ])('is refused when it is %s', async (_title, found, at, cause) => {
    expect(await verify(found, at)).toEqual({ cause, applicationId: found?.applicationId });
  });

  it.each([
    ['the longest lifetime and the tolerance for clocks', 31_536_000_000 + 300_000, 'revoked'],
    ['a millisecond more', 31_536_000_000 + 300_001, 'expires_too_late'],
  ])('that expires after %s from now is refused for this cause', async (_title, lifetime, cause) => {
    const { context } = fakeContext();
    const token = { tokenId: Buffer.alloc(15, 5).toString('base64url'), familyId, expiresAt: now + lifetime };
    expect(await verifyAccessToken(context, mintAccessToken(context.keys.current(), token))).toMatchObject({ cause });
  });

  it('is not looked up when it is malformed', async () => {
    const { context } = fakeContext();
    context.store.families.findByAccessToken = async () => {
      throw new Error('It was looked up');
    };
    for (const text of ['', 'null', 'undefined', `insiders_rt_${'a'.repeat(66)}`, `insiders_at_${'a'.repeat(92)}`]) {
      expect(await verifyAccessToken(context, text)).toEqual({ cause: 'malformed' });
    }
  });
});
