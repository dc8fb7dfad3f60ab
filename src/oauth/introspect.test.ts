import { describe, expect, it } from 'vitest';
import { anApplication, aRefreshState, basicFor, fakeContext, now, refused } from '../../test/support/oauth-fakes.ts';
import type { AccessTokenState, Application, RefreshTokenState } from '../ports/store/index.ts';
import { mintAccessToken } from './formats/access-token.ts';
import { handleIntrospection } from './introspect.ts';

const refresh = `insiders_rt_${'a'.repeat(66)}`;
const familyId = 'AAAAAAAAAAAAAAAAAAAAAA';
const access = mintAccessToken(
  { id: 0, secret: Buffer.alloc(32, 1) },
  { tokenId: Buffer.alloc(15, 5).toString('base64url'), familyId, expiresAt: now + 1999 },
);
const own: AccessTokenState = {
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
const foreign = { ...own, applicationId: 'application-2', clientId: 'insiders_app_2' };

function introspect(
  token: string,
  found: { access?: AccessTokenState; refresh?: RefreshTokenState; client?: Application },
) {
  const { context } = fakeContext({ applications: [found.client ?? anApplication()], refreshState: found.refresh });
  context.store.families.findByAccessToken = async () => found.access;
  return handleIntrospection(context, { body: `token=${token}`, authorization: basicFor(), from: '', network: '' });
}

describe('introspection (RFC 7662 2.2)', () => {
  it("describes the application's own access token", async () => {
    expect(await introspect(access, { access: own })).toEqual({
      active: true,
      scope: 'all',
      client_id: 'insiders_app_1',
      username: 'a@example.org',
      token_type: 'Bearer',
      exp: Math.floor((now + 1999) / 1000),
      sub: '7',
      iss: 'https://insiders.example',
    });
  });

  it('describes a refresh token without an expiry', async () => {
    const response = await introspect(refresh, { refresh: aRefreshState() });
    expect(response).toMatchObject({ active: true, sub: '7' });
    expect(response).not.toHaveProperty('exp');
  });

  it('describes a rotated refresh token until the overlap ends: it still refreshes', async () => {
    const rotated = (replacedAt: number) => aRefreshState({ position: 'previous', replacedAt });
    expect(await introspect(refresh, { refresh: rotated(now - 59_999) })).toEqual({
      active: true,
      scope: 'all',
      client_id: 'insiders_app_1',
      sub: '7',
      iss: 'https://insiders.example',
    });
    expect(await introspect(refresh, { refresh: rotated(now - 60_000) })).toEqual({ active: false });
  });

  it("describes other applications' access tokens to a resource server", async () => {
    const client = anApplication({ resourceServer: true });
    expect(await introspect(access, { access: foreign, client })).toMatchObject({ client_id: 'insiders_app_2' });
  });

  it.each([
    ['an access token of another application', access, { access: foreign }],
    ['a revoked access token', access, { access: { ...own, revocationCause: 'revoked' as const } }],
    ['a refresh token of another application', refresh, { refresh: aRefreshState({ applicationId: 'application-2' }) }],
    ['a revoked refresh token', refresh, { refresh: aRefreshState({ revocationCause: 'revoked' as const }) }],
    ['a rotated one after the overlap', refresh, { refresh: aRefreshState({ position: 'previous', replacedAt: 0 }) }],
    [
      'one that was rotated before the previous one',
      refresh,
      { refresh: aRefreshState({ position: 'rotated', replacedAt: now - 1 }) },
    ],
    ['an evicted one', refresh, { refresh: aRefreshState({ position: 'evicted', replacedAt: now - 1 }) }],
    ['an unknown one', refresh, {}],
    ['other text', 'nope', {}],
  ])('returns only active: false for %s', async (_title, token, found) => {
    expect(await introspect(token, found)).toEqual({ active: false });
  });

  it.each([
    ['', 'parameter_missing'],
    ['token=', 'parameter_missing'],
    ['token=a&token=b', 'parameter_repeated'],
  ])('requires one token: %j', async (body, cause) => {
    const { context } = fakeContext();
    const error = await refused(() =>
      handleIntrospection(context, { body, authorization: basicFor(), from: '', network: '' }),
    );
    expect(error).toMatchObject({ row: { error: 'invalid_request' }, cause });
    if (cause === 'parameter_missing') expect(error.applicationId).toBe('application-1');
  });

  it('is refused to a public application', async () => {
    const { context } = fakeContext({ applications: [anApplication({ confidential: false })] });
    const body = `token=${access}&client_id=insiders_app_1`;
    const act = () => handleIntrospection(context, { body, authorization: undefined, from: '', network: '' });
    const cause = 'introspection_without_secret';
    expect(await refused(act)).toMatchObject({ row: { error: 'invalid_client' }, cause });
  });
});
