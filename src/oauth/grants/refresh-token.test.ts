import { describe, expect, it } from 'vitest';
import { anApplication, aRefreshGround, now, refused } from '../../../test/support/oauth-fakes.ts';
import type { RefreshPolicy, RefreshTokenState } from '../../ports/store/index.ts';
import type { AuthenticatedClient } from '../clients/authenticate.ts';
import { sealSuccessor } from '../formats/refresh-token.ts';
import { parseParams } from '../params.ts';
import { refreshToken } from './refresh-token.ts';

const presented = `insiders_rt_${'a'.repeat(66)}`;
const successor = `insiders_rt_${'b'.repeat(66)}`;
const rotated = {
  position: 'previous',
  replacedAt: now - 59_999,
  sealedSuccessor: sealSuccessor(presented, successor),
} as const;

function decide(ground: RefreshTokenState | undefined, policy: RefreshPolicy = 'stable', scope = '') {
  const request = refreshToken.parse(parseParams(`refresh_token=${presented}${scope}`));
  const client = anApplication({ refreshPolicy: policy }) as AuthenticatedClient;
  return refreshToken.decide(request, ground, { client, now, rotationOverlapSeconds: 60 });
}

const replay = {
  kind: 'refuse-and',
  error: { row: { error: 'invalid_grant' }, cause: 'refresh_replayed' },
  also: {
    kind: 'revoke-authorization',
    authorizationId: 'authorization-1',
    userId: 7,
    cause: 'refresh_replayed',
  },
};

describe('refreshing (RFC 6749 6)', () => {
  it('goes on with the same token under the policy stable', () => {
    expect(decide(aRefreshGround())).toMatchObject({ kind: 'continue', refreshToken: presented });
  });

  it('replaces the token under the policy rotate', () => {
    expect(decide(aRefreshGround(), 'rotate')).toMatchObject({ kind: 'rotate', presented });
  });

  it.each(['&scope=all', '&scope='])('keeps the scope: %j', (scope) => {
    expect(decide(aRefreshGround(), 'stable', scope)).toMatchObject({ scope: 'all' });
  });

  it('keeps a scope that is not all, if none is asked for', () => {
    expect(decide(aRefreshGround({ scope: 'some' }))).toMatchObject({ kind: 'continue', scope: 'some' });
  });

  it('never widens the scope', async () => {
    const unknown = { row: { error: 'invalid_scope' }, cause: 'unknown_scope' };
    expect(await refused(() => decide(aRefreshGround(), 'stable', '&scope=admin'))).toMatchObject(unknown);
    expect(await refused(() => decide(aRefreshGround({ scope: 'some' }), 'stable', '&scope=all'))).toMatchObject({
      row: { error: 'invalid_scope' },
      cause: 'scope_exceeds',
      shown: { expected: ['some'], received: 'all' },
    });
  });

  it.each([
    ['unknown', undefined, 'refresh_unknown'],
    ['revoked', aRefreshGround({ endedBy: 'revoked' }), 'refresh_revoked'],
    ['evicted', aRefreshGround({ position: 'evicted' }), 'refresh_evicted'],
    ['of another application', aRefreshGround({ applicationId: 'application-2' }), 'refresh_unknown'],
    [
      'spent, and of another application',
      aRefreshGround({ applicationId: 'application-2', position: 'spent' }),
      'refresh_unknown',
    ],
    ['spent, and revoked already', aRefreshGround({ endedBy: 'revoked', position: 'spent' }), 'refresh_revoked'],
  ])('is refused, and nothing ends, for a token that is %s', async (_title, ground, cause) => {
    expect(await refused(() => decide(ground))).toMatchObject({ row: { error: 'invalid_grant' }, cause });
  });

  it('is not even looked up for what can not be a refresh token', async () => {
    const request = refreshToken.parse(parseParams('refresh_token=insiders_at_x'));
    const never = async () => {
      throw new Error('It was looked up');
    };
    const reads = { findRefresh: never, findCode: never, authenticate: never };
    expect(
      await refreshToken.load(reads, request, { client: anApplication() as AuthenticatedClient, from: '' }),
    ).toBeUndefined();
  });
});

describe('a token that was replaced (RFC 9700 4.14.2)', () => {
  it.each(['stable', 'rotate'] as const)('answers with the very same successor during the overlap (%s)', (policy) => {
    expect(decide(aRefreshGround(rotated), policy)).toMatchObject({ kind: 'continue', refreshToken: successor });
  });

  it('ends the authorization when there is no successor to answer with', () => {
    expect(decide(aRefreshGround({ ...rotated, sealedSuccessor: null }), 'rotate')).toMatchObject(replay);
  });

  it('ends the authorization once the overlap is over', () => {
    expect(decide(aRefreshGround({ ...rotated, replacedAt: now - 60_000 }), 'rotate')).toMatchObject(replay);
  });

  it('ends the authorization when it was replaced twice, and the first time is longer ago than the overlap', () => {
    const spent = { position: 'spent', replacedAt: now - 60_000 } as const;
    expect(decide(aRefreshGround(spent), 'rotate')).toMatchObject(replay);
  });

  it('is only refused when it was replaced twice within the overlap: a slow worker is no thief', async () => {
    const spent = { position: 'spent', replacedAt: now - 59_999 } as const;
    expect(await refused(() => decide(aRefreshGround(spent), 'rotate'))).toMatchObject({
      row: { error: 'invalid_grant' },
      cause: 'refresh_replaced_twice',
    });
  });
});
