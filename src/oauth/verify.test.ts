import { describe, expect, it } from 'vitest';
import { fakeContext, now } from '../../test/support/oauth-fakes.ts';
import type { AccessTokenState } from '../ports/store/index.ts';
import { mintAccessToken } from './formats/access-token.ts';
import { verifyAccessToken } from './verify.ts';

const familyId = 'AAAAAAAAAAAAAAAAAAAAAA';
const ground: AccessTokenState = {
  familyId,
  authorizationId: 'a',
  userId: 7,
  userEmail: 'a@example.org',
  applicationId: 'application-1',
  clientId: 'insiders_app_1',
  sandbox: false,
  scope: 'all',
  endedBy: null,
};

function verify(found: AccessTokenState | undefined, at = now) {
  const { context } = fakeContext({ time: at });
  context.store.families.findByAccessToken = async () => found;
  const tokenId = Buffer.alloc(15, 5).toString('base64url');
  return verifyAccessToken(context, mintAccessToken(context.keys.current(), { tokenId, familyId, expiresAt: now + 1 }));
}

describe('a bearer token (RFC 6750 2.1)', () => {
  it('is good while it has not expired and what it rests on lives', async () => {
    expect(await verify(ground)).toMatchObject({ userId: 7, clientId: 'insiders_app_1', token: { familyId } });
  });

  it.each([
    ['expired, at the very millisecond', ground, now + 1, 'expired'],
    ['resting on what ended', { ...ground, endedBy: 'revoked' as const }, now, 'revoked'],
    ['resting on nothing', undefined, now, 'revoked'],
  ])('is not good when %s', async (_title, found, at, cause) => {
    expect(await verify(found, at)).toEqual({ cause, applicationId: found?.applicationId });
  });

  it('is not looked up when nobody minted it', async () => {
    const { context } = fakeContext();
    context.store.families.findByAccessToken = async () => {
      throw new Error('It was looked up');
    };
    for (const text of ['', 'null', 'undefined', `insiders_rt_${'a'.repeat(66)}`, `insiders_at_${'a'.repeat(92)}`]) {
      expect(await verifyAccessToken(context, text)).toEqual({ cause: 'malformed' });
    }
  });
});
