import { describe, expect, it } from 'vitest';
import { aRefreshState, basicFor, fakeContext, now, refused } from '../../test/support/oauth-fakes.ts';
import type { AccessTokenState } from '../ports/store/index.ts';
import { mintAccessToken } from './formats/access-token.ts';
import { handleRevocation } from './revoke.ts';

const refresh = `insiders_rt_${'a'.repeat(66)}`;
const familyId = 'AAAAAAAAAAAAAAAAAAAAAA';
const access = mintAccessToken(
  { id: 0, secret: Buffer.alloc(32, 1) },
  { tokenId: Buffer.alloc(15, 5).toString('base64url'), familyId, expiresAt: now + 1000 },
);
const accessState = { familyId, applicationId: 'application-1', revocationCause: null } as AccessTokenState;
const request = (body: string) => ({ body, authorization: basicFor(), from: '', network: '' });

function setUp(access: AccessTokenState | undefined, refreshState = aRefreshState()) {
  const { context, fakes } = fakeContext({ refreshState });
  context.store.families.findByAccessToken = async () => access;
  return { context, fakes };
}

describe('revocation (RFC 7009 2.1)', () => {
  it.each(['', '&token_type_hint=refresh_token', '&token_type_hint=access_token', '&token_type_hint=x'])(
    'revokes one access token, or the family of a refresh token, whatever the hint (%j)',
    async (hint) => {
      const { context, fakes } = setUp(accessState);
      await handleRevocation(context, request(`token=${access}${hint}`));
      await handleRevocation(context, request(`token=${refresh}${hint}`));
      expect(fakes.calls).toEqual(['revoke access token', `revoke family ${familyId}`]);
    },
  );

  it("does not revoke another client's token, and records a failed attempt", async () => {
    const other = { applicationId: 'application-2' };
    const { context, fakes } = setUp({ ...accessState, ...other }, aRefreshState(other));
    await handleRevocation(context, request(`token=${access}`));
    await handleRevocation(context, request(`token=${refresh}`));
    expect(fakes.calls).toEqual(Array(2).fill('record failed attempt revocation.foreign_token'));
    const attempts: unknown[] = [];
    const recording = { ...context, recordFailedAttempt: (attempt: unknown) => void attempts.push(attempt) };
    await handleRevocation(recording, request(`token=${access}`));
    const actor = { kind: 'application', id: 'insiders_app_1' };
    expect(attempts).toEqual([{ actor, action: 'revocation.foreign_token', subject: `family:${familyId}` }]);
  });

  it.each(['nope', `${access}A`])('changes nothing for text that is not a token: %s', async (token) => {
    const { context, fakes } = setUp(undefined);
    await handleRevocation(context, request(`token=${token}`));
    expect(fakes.calls).toEqual([]);
  });

  it('changes nothing for an access token from the millisecond it expires on', async () => {
    const { context, fakes } = setUp(accessState);
    fakes.time = now + 1000;
    await handleRevocation(context, request(`token=${access}`));
    expect(fakes.calls).toEqual([]);
    fakes.time = now + 999;
    await handleRevocation(context, request(`token=${access}`));
    expect(fakes.calls).toEqual(['revoke access token']);
  });

  it('changes nothing for an unknown refresh token or family', async () => {
    const { context, fakes } = fakeContext();
    await handleRevocation(context, request(`token=${refresh}`));
    await handleRevocation(context, request(`token=${access}`));
    expect(fakes.calls).toEqual([]);
  });

  it('changes nothing for an access token that was revoked before', async () => {
    const { context, fakes } = setUp({ ...accessState, revocationCause: 'revoked' });
    await handleRevocation(context, request(`token=${access}`));
    expect(fakes.calls).toEqual([]);
  });

  it.each([
    ['', 'parameter_missing', 'application-1'],
    ['token=', 'parameter_missing', 'application-1'],
    ['token=a&token=b', 'parameter_repeated', undefined],
  ])('refuses %j', async (body, cause, applicationId) => {
    const error = await refused(() => handleRevocation(setUp(accessState).context, request(body)));
    expect(error).toMatchObject({ row: { error: 'invalid_request' }, cause });
    expect(error.applicationId).toBe(applicationId);
  });

  it('refuses a client that does not authenticate', async () => {
    const { context, fakes } = setUp(accessState);
    const act = () =>
      handleRevocation(context, { body: `token=${access}`, authorization: undefined, from: '', network: '' });
    const cause = 'credentials_missing';
    expect(await refused(act)).toMatchObject({ row: { error: 'invalid_client' }, cause });
    expect(fakes.calls).toEqual([]);
  });
});
