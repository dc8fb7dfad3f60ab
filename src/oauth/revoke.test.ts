import { describe, expect, it } from 'vitest';
import { aRefreshGround, basicFor, fakeContext, now, refused } from '../../test/support/oauth-fakes.ts';
import type { AccessTokenState } from '../ports/store/index.ts';
import { mintAccessToken } from './formats/access-token.ts';
import { handleRevocation } from './revoke.ts';

const refresh = `insiders_rt_${'a'.repeat(66)}`;
const familyId = 'AAAAAAAAAAAAAAAAAAAAAA';
const access = mintAccessToken(
  { id: 0, secret: Buffer.alloc(32, 1) },
  { tokenId: Buffer.alloc(15, 5).toString('base64url'), familyId, expiresAt: now + 1000 },
);
const ground = { familyId, applicationId: 'application-1', endedBy: null } as AccessTokenState;
const request = (body: string) => ({ body, authorization: basicFor(), from: '' });

function world(accessGround: AccessTokenState | undefined, refreshGround = aRefreshGround()) {
  const fake = fakeContext({ ground: refreshGround });
  fake.context.store.families.findByAccessToken = async () => accessGround;
  return fake;
}

describe('revocation (RFC 7009 2.1)', () => {
  it.each(['', '&token_type_hint=refresh_token', '&token_type_hint=access_token', '&token_type_hint=x'])(
    'ends one access token, or the family of a refresh token, whatever the hint (%j)',
    async (hint) => {
      const { context, world: seen } = world(ground);
      await handleRevocation(context, request(`token=${access}${hint}`));
      await handleRevocation(context, request(`token=${refresh}${hint}`));
      expect(seen.done).toEqual(['revoke access token', `revoke family ${familyId}`]);
    },
  );

  it("leaves another client's token alone, and records it", async () => {
    const other = { applicationId: 'application-2' };
    const { context, world: seen } = world({ ...ground, ...other }, aRefreshGround(other));
    await handleRevocation(context, request(`token=${access}`));
    await handleRevocation(context, request(`token=${refresh}`));
    expect(seen.done).toEqual(Array(2).fill('record failed attempt revocation.foreign_token'));
    const attempts: unknown[] = [];
    const recording = { ...context, recordFailedAttempt: (attempt: unknown) => void attempts.push(attempt) };
    await handleRevocation(recording, request(`token=${access}`));
    const actor = { kind: 'application', id: 'application-1' };
    expect(attempts).toEqual([{ actor, action: 'revocation.foreign_token', subject: `family:${familyId}` }]);
  });

  it.each(['nope', `${access}A`])('is done with a token nobody knows: %s', async (token) => {
    const { context, world: seen } = world(undefined);
    await handleRevocation(context, request(`token=${token}`));
    expect(seen.done).toEqual([]);
  });

  it('is done with an access token that has expired, at the very millisecond', async () => {
    const { context, world: seen } = world(ground);
    seen.time = now + 1000;
    await handleRevocation(context, request(`token=${access}`));
    expect(seen.done).toEqual([]);
    seen.time = now + 999;
    await handleRevocation(context, request(`token=${access}`));
    expect(seen.done).toEqual(['revoke access token']);
  });

  it('is done with a refresh token or a family that nobody knows', async () => {
    const { context, world: seen } = fakeContext();
    await handleRevocation(context, request(`token=${refresh}`));
    await handleRevocation(context, request(`token=${access}`));
    expect(seen.done).toEqual([]);
  });

  it('is done with a token that ended before', async () => {
    const { context, world: seen } = world({ ...ground, endedBy: 'revoked' });
    await handleRevocation(context, request(`token=${access}`));
    expect(seen.done).toEqual([]);
  });

  it.each([
    ['', 'parameter_missing', 'application-1'],
    ['token=', 'parameter_missing', 'application-1'],
    ['token=a&token=b', 'parameter_repeated', undefined],
  ])('refuses %j', async (body, cause, applicationId) => {
    const error = await refused(() => handleRevocation(world(ground).context, request(body)));
    expect(error).toMatchObject({ row: { error: 'invalid_request' }, cause });
    expect(error.applicationId).toBe(applicationId);
  });

  it('needs the client to authenticate', async () => {
    const { context, world: seen } = world(ground);
    const act = () => handleRevocation(context, { body: `token=${access}`, authorization: undefined, from: '' });
    const cause = 'credentials_missing';
    expect(await refused(act)).toMatchObject({ row: { error: 'invalid_client' }, cause });
    expect(seen.done).toEqual([]);
  });
});
