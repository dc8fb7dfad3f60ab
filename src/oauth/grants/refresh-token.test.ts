import { describe, expect, it } from 'vitest';
import { anApplication, aRefreshState, fakeContext, now, refused } from '../../../test/support/oauth-fakes.ts';
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

function decide(state: RefreshTokenState | undefined, policy: RefreshPolicy = 'stable', scope = '') {
  const request = refreshToken.parse(parseParams(`refresh_token=${presented}${scope}`));
  const client = anApplication({ refreshPolicy: policy }) as AuthenticatedClient;
  return refreshToken.decide(request, state, { client, now, rotationOverlapSeconds: 60 });
}

const replay = {
  kind: 'refuse-and',
  error: { row: { error: 'invalid_grant' }, cause: 'refresh_replayed' },
  write: {
    kind: 'revoke-authorization',
    authorizationId: 'authorization-1',
    userId: 7,
    cause: 'refresh_replayed',
  },
};

describe('the refresh token grant (RFC 6749 6)', () => {
  it('returns the same token under the policy stable', () => {
    expect(decide(aRefreshState())).toMatchObject({ kind: 'continue', refreshToken: presented });
  });

  it('rotates the token under the policy rotate', () => {
    expect(decide(aRefreshState(), 'rotate')).toMatchObject({ kind: 'rotate', presented });
  });

  it.each(['&scope=all', '&scope='])('keeps the scope: %j', (scope) => {
    expect(decide(aRefreshState(), 'stable', scope)).toMatchObject({ scope: 'all' });
  });

  it('keeps a scope other than all, if none is sent', () => {
    expect(decide(aRefreshState({ scope: 'some' }))).toMatchObject({ kind: 'continue', scope: 'some' });
  });

  it('never extends the scope', async () => {
    const unknown = { row: { error: 'invalid_scope' }, cause: 'unknown_scope' };
    expect(await refused(() => decide(aRefreshState(), 'stable', '&scope=admin'))).toMatchObject(unknown);
    expect(await refused(() => decide(aRefreshState({ scope: 'some' }), 'stable', '&scope=all'))).toMatchObject({
      row: { error: 'invalid_scope' },
      cause: 'scope_exceeds',
      shown: { expected: ['some'], received: 'all' },
    });
  });

  it.each([
    ['unknown', undefined, 'refresh_unknown'],
    ['revoked', aRefreshState({ revocationCause: 'revoked' }), 'refresh_revoked'],
    ['evicted', aRefreshState({ position: 'evicted' }), 'refresh_evicted'],
    ['of another application', aRefreshState({ applicationId: 'application-2' }), 'refresh_unknown'],
    [
      'rotated, and of another application',
      aRefreshState({ applicationId: 'application-2', position: 'rotated' }),
      'refresh_unknown',
    ],
    ['rotated, and revoked', aRefreshState({ revocationCause: 'revoked', position: 'rotated' }), 'refresh_revoked'],
  ])('is refused without a revocation for a token that is %s', async (_title, state, cause) => {
    expect(await refused(() => decide(state))).toMatchObject({ row: { error: 'invalid_grant' }, cause });
  });

  it('does not look up text that is not in the form of a refresh token', async () => {
    const request = refreshToken.parse(parseParams('refresh_token=insiders_at_x'));
    const { context } = fakeContext();
    context.store.families.findByRefreshToken = async () => {
      throw new Error('It was looked up');
    };
    expect(
      await refreshToken.load(context, request, { client: anApplication() as AuthenticatedClient, from: '' }),
    ).toBeUndefined();
  });
});

describe('a refresh token that was rotated (RFC 9700 4.14.2)', () => {
  it.each(['stable', 'rotate'] as const)('gets the same successor during the overlap (%s)', (policy) => {
    expect(decide(aRefreshState(rotated), policy)).toMatchObject({ kind: 'continue', refreshToken: successor });
  });

  it('revokes the authorization if no successor is stored', () => {
    expect(decide(aRefreshState({ ...rotated, sealedSuccessor: null }), 'rotate')).toMatchObject(replay);
  });

  it('revokes the authorization after the overlap', () => {
    expect(decide(aRefreshState({ ...rotated, replacedAt: now - 60_000 }), 'rotate')).toMatchObject(replay);
  });

  it('revokes the authorization if it was rotated before the previous one, and the overlap is over', () => {
    const older = { position: 'rotated', replacedAt: now - 60_000 } as const;
    expect(decide(aRefreshState(older), 'rotate')).toMatchObject(replay);
  });

  it('is refused without a revocation if it was rotated before the previous one, within the overlap', async () => {
    const older = { position: 'rotated', replacedAt: now - 59_999 } as const;
    expect(await refused(() => decide(aRefreshState(older), 'rotate'))).toMatchObject({
      row: { error: 'invalid_grant' },
      cause: 'refresh_replaced_twice',
    });
  });
});
