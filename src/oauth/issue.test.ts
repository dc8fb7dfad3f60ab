import { describe, expect, it } from 'vitest';
import { aCode, anApplication, fakeContext, now, refused } from '../../test/support/oauth-fakes.ts';
import type { AuthenticatedClient } from './clients/authenticate.ts';
import type { OauthContext } from './context.ts';
import { OAuthError } from './errors/oauth-error.ts';
import { readAccessToken } from './formats/access-token.ts';
import { digest } from './formats/digest.ts';
import { openSuccessor } from './formats/refresh-token.ts';
import type { Decision } from './grants/grant.ts';
import { issue } from './issue.ts';
import { parseScope } from './scope.ts';

const client = anApplication() as AuthenticatedClient;
const scope = parseScope('all');
const familyId = 'AAAAAAAAAAAAAAAAAAAAAA';

const presented = `insiders_rt_${'a'.repeat(66)}`;
const successful: readonly Decision[] = [
  { kind: 'redeem', from: 'codes', code: aCode(), scope },
  { kind: 'start-family', userId: 7, passwordEpoch: 2, scope },
  { kind: 'continue', familyId, refreshToken: presented, scope },
  { kind: 'rotate', familyId, presented, scope },
];

/** Executes a decision, and collects the arguments of each write under a name of the write. */
async function execute(decision: Decision, by: AuthenticatedClient = client, outcome: 'won' | 'lost' = 'won') {
  const { context } = fakeContext();
  const writes: Record<string, unknown> = {};
  const record = (name: string, value: unknown) => {
    writes[name] = value;
  };
  const { codes, families } = context.store;
  codes.redeem = async (code, family) => {
    record('redeemed', { code, family });
    return outcome;
  };
  families.startByPassword = async (family) => {
    record('started', family);
    return 'started';
  };
  families.rotate = async (rotation) => {
    record('rotated', rotation);
    return outcome;
  };
  const recordFamilyUse: OauthContext['recordFamilyUse'] = (use) => record('used', use);
  const issued = await issue({ ...context, recordFamilyUse }, by, decision);
  return { writes, response: issued.outcome === 'issued' ? issued.response : undefined, context };
}

describe('what is written when tokens are issued', () => {
  const lifetimes = [
    [client, 36_000],
    [anApplication({ accessTokenSeconds: 60 }) as AuthenticatedClient, 60],
  ] as const;

  it.each(lifetimes)('for a code: its family, until its access token expires', async (by, seconds) => {
    const code = aCode();
    const { writes, response, context } = await execute({ kind: 'redeem', from: 'codes', code, scope }, by);
    const token = readAccessToken(context.keys, response?.access_token ?? '');
    const refreshHash = digest(response?.refresh_token ?? '');
    const family = { id: token?.familyId, refreshHash, accessExpiresAt: now + seconds * 1000, now };
    expect(writes).toEqual({ redeemed: { code, family } });
    expect(token?.expiresAt).toBe(family.accessExpiresAt);
  });

  it.each(lifetimes)('for a password: the same, with the epoch of the password', async (by, seconds) => {
    const decision = { kind: 'start-family', userId: 7, passwordEpoch: 2, scope } as const;
    const { writes, response } = await execute(decision, by);
    expect(writes).toEqual({
      started: {
        id: expect.stringMatching(/^.{22}$/),
        refreshHash: digest(response?.refresh_token ?? ''),
        accessExpiresAt: now + seconds * 1000,
        now,
        newAuthorizationId: expect.stringMatching(/^.{22}$/),
        userId: 7,
        passwordEpoch: 2,
        applicationId: 'application-1',
        scope: 'all',
      },
    });
  });

  it.each(lifetimes)('for a refresh: its use, and when its access token expires', async (by, seconds) => {
    const used = { familyId, usedAt: now, accessExpiresAt: now + seconds * 1000 };
    const unchanged = await execute({ kind: 'continue', familyId, refreshToken: presented, scope }, by);
    expect(unchanged.writes).toEqual({ used });
    const { writes, response } = await execute({ kind: 'rotate', familyId, presented, scope }, by);
    const rotated = {
      familyId,
      expectedHash: digest(presented),
      newHash: digest(response?.refresh_token ?? ''),
      sealedSuccessor: expect.any(String),
      now,
    };
    expect(writes).toEqual({ used, rotated });
  });

  it('for a rotation that lost: no use', async () => {
    const { writes } = await execute({ kind: 'rotate', familyId, presented, scope }, client, 'lost');
    expect(Object.keys(writes)).toEqual(['rotated']);
  });
});

describe('issuing tokens', () => {
  it.each(successful)('returns the same members for each decision: $kind', async (decision) => {
    const { response } = await execute(decision);
    expect(response).toEqual({
      access_token: expect.stringMatching(/^insiders_at_/),
      expires_in: 36_000,
      token_type: 'Bearer',
      scope: 'all',
      refresh_token: expect.stringMatching(/^insiders_rt_/),
    });
  });

  it('mints an access token that names its family and its expiry', async () => {
    const { context } = fakeContext();
    const issued = await issue(context, client, { kind: 'continue', familyId, refreshToken: 'insiders_rt_x', scope });
    const text = issued.outcome === 'issued' ? issued.response.access_token : '';
    expect(readAccessToken(context.keys, text)).toMatchObject({ familyId, expiresAt: now + 36_000_000 });
  });

  it('seals the successor of a rotated token under the one that was presented', async () => {
    const { context } = fakeContext();
    let sealed = '';
    context.store.families.rotate = async (rotation) => {
      sealed = rotation.sealedSuccessor;
      return 'won';
    };
    const issued = await issue(context, client, { kind: 'rotate', familyId, presented, scope });
    expect(issued).toMatchObject({ outcome: 'issued', response: { refresh_token: openSuccessor(presented, sealed) } });
  });

  it('returns lost when a concurrent request was faster', async () => {
    const { context } = fakeContext({ outcomes: ['lost'] });
    expect(await issue(context, client, { kind: 'redeem', from: 'codes', code: aCode(), scope })).toEqual({
      outcome: 'lost',
    });
    context.store.families.rotate = async () => 'lost';
    expect(await issue(context, client, { kind: 'rotate', familyId, presented, scope })).toEqual({ outcome: 'lost' });
  });

  it('refuses when the user or the application was disabled after the look-up', async () => {
    const { context } = fakeContext();
    context.store.families.startByPassword = async () => 'refused';
    const act = () => issue(context, client, { kind: 'start-family', userId: 7, passwordEpoch: 0, scope });
    expect(await refused(act)).toMatchObject({ row: { error: 'invalid_grant' }, cause: 'ended_since' });
  });

  it('throws the error of a decision after its write', async () => {
    const { context, fakes } = fakeContext();
    const error = new OAuthError('code_unknown');
    const write = { kind: 'invalidate-code', codeHash: 'h' } as const;
    expect(await refused(() => issue(context, client, { kind: 'refuse-and', error, write }))).toBe(error);
    expect(fakes.calls).toEqual(['invalidate']);
  });
});
