import { describe, expect, it } from 'vitest';
import { aCode, anApplication, fakeContext, now, refused } from '../../test/support/oauth-fakes.ts';
import type { AuthenticatedClient } from './clients/authenticate.ts';
import type { OauthContext } from './context.ts';
import { OAuthError } from './errors/oauth-error.ts';
import { readAccessToken } from './formats/access-token.ts';
import { digest } from './formats/digest.ts';
import { openSuccessor } from './formats/refresh-token.ts';
import type { Consequence, Decision } from './grants/grant.ts';
import { issue } from './issue.ts';
import { parseScope } from './scope.ts';

const client = anApplication() as AuthenticatedClient;
const scope = parseScope('all');
const familyId = 'AAAAAAAAAAAAAAAAAAAAAA';

const presented = `insiders_rt_${'a'.repeat(66)}`;
const successful: readonly Decision[] = [
  { kind: 'redeem-code', code: aCode(), scope },
  { kind: 'start-family', userId: 7, passwordEpoch: 2, scope },
  { kind: 'continue', familyId, refreshToken: presented, scope },
  { kind: 'rotate', familyId, presented, scope },
];

/** What the store and the notes of uses are given while `decision` is acted on, under their names. */
async function written(decision: Decision, by: AuthenticatedClient = client, outcome: 'won' | 'lost' = 'won') {
  const { context } = fakeContext();
  const given: Record<string, unknown> = {};
  const keep = (name: string, value: unknown) => {
    given[name] = value;
  };
  const { codes, families, authorizations } = context.store;
  codes.redeem = async (code, family) => {
    keep('redeemed', { code, family });
    return outcome;
  };
  codes.invalidate = async (hash, at) => keep('invalidated', { hash, at });
  families.startByPassword = async (family) => {
    keep('started', family);
    return 'started';
  };
  families.rotate = async (rotation) => {
    keep('rotated', rotation);
    return outcome;
  };
  families.revoke = async (id, at, record) => {
    keep('revoked', { id, at, record });
    return 'revoked';
  };
  authorizations.revoke = async (revocation) => {
    keep('ended', revocation);
    return 'revoked';
  };
  const recordFamilyUse: OauthContext['recordFamilyUse'] = (use) => keep('noted', use);
  const issued = await issue({ ...context, recordFamilyUse }, by, decision).catch(() => undefined);
  return { given, response: issued?.outcome === 'issued' ? issued.response : undefined, context };
}

describe('what is written when tokens are issued', () => {
  const lifetimes = [
    [client, 36_000],
    [anApplication({ accessTokenSeconds: 60 }) as AuthenticatedClient, 60],
  ] as const;

  it.each(lifetimes)('for a code: its family, until its access token expires', async (by, seconds) => {
    const code = aCode();
    const { given, response, context } = await written({ kind: 'redeem-code', code, scope }, by);
    const token = readAccessToken(context.keys, response?.access_token ?? '');
    const refreshHash = digest(response?.refresh_token ?? '');
    const family = { id: token?.familyId, refreshHash, accessExpiresAt: now + seconds * 1000, now };
    expect(given).toEqual({ redeemed: { code, family } });
    expect(token?.expiresAt).toBe(family.accessExpiresAt);
  });

  it.each(lifetimes)('for a password: the same, and under which password', async (by, seconds) => {
    const decision = { kind: 'start-family', userId: 7, passwordEpoch: 2, scope } as const;
    const { given, response } = await written(decision, by);
    expect(given).toEqual({
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
    const noted = { familyId, usedAt: now, accessExpiresAt: now + seconds * 1000 };
    const continued = await written({ kind: 'continue', familyId, refreshToken: presented, scope }, by);
    expect(continued.given).toEqual({ noted });
    const { given, response } = await written({ kind: 'rotate', familyId, presented, scope }, by);
    const rotated = {
      familyId,
      expectedHash: digest(presented),
      newHash: digest(response?.refresh_token ?? ''),
      sealedSuccessor: expect.any(String),
      now,
    };
    expect(given).toEqual({ noted, rotated });
  });

  it('for a refresh that came too late: no use', async () => {
    const { given } = await written({ kind: 'rotate', familyId, presented, scope }, client, 'lost');
    expect(Object.keys(given)).toEqual(['rotated']);
  });

  it('for a refusal: what it ends, when, and the audit entry', async () => {
    const error = new OAuthError('code_unknown');
    const refuse = async (also: Consequence) => (await written({ kind: 'refuse-and', error, also })).given;
    expect(await refuse({ kind: 'invalidate-code', codeHash: 'h' })).toEqual({ invalidated: { hash: 'h', at: now } });
    const actor = { kind: 'application', id: 'application-1' };
    const event = { actor, action: 'code.replayed', subject: 'family:f', at: now };
    const revoked = { id: 'f', at: now, record: { event } };
    expect(await refuse({ kind: 'revoke-family', familyId: 'f', cause: 'code_replayed' })).toEqual({ revoked });
    const replay = {
      kind: 'revoke-authorization',
      authorizationId: 'a',
      userId: 7,
      cause: 'refresh_replayed',
    } as const;
    expect(await refuse(replay)).toEqual({
      ended: {
        id: 'a',
        ownerId: null,
        reason: 'refresh_replayed',
        now,
        record: { event: expect.objectContaining({ action: 'refresh_token.replayed', subject: 'authorization:a' }) },
      },
    });
  });
});

describe('issuing tokens', () => {
  it.each(successful)('answers a decision in one form: $kind', async (decision) => {
    const { response } = await written(decision);
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

  it('says that it lost when somebody was faster', async () => {
    const { context } = fakeContext({ outcomes: ['lost'] });
    expect(await issue(context, client, { kind: 'redeem-code', code: aCode(), scope })).toEqual({ outcome: 'lost' });
    context.store.families.rotate = async () => 'lost';
    expect(await issue(context, client, { kind: 'rotate', familyId, presented, scope })).toEqual({ outcome: 'lost' });
  });

  it('refuses when user or application ended in between', async () => {
    const { context } = fakeContext();
    context.store.families.startByPassword = async () => 'refused';
    const act = () => issue(context, client, { kind: 'start-family', userId: 7, passwordEpoch: 0, scope });
    expect(await refused(act)).toMatchObject({ row: { error: 'invalid_grant' }, cause: 'ended_since' });
  });

  it.each<[Consequence, string[]]>([
    [{ kind: 'invalidate-code', codeHash: 'h' }, ['invalidate']],
    [{ kind: 'revoke-family', familyId: 'f', cause: 'code_replayed' }, ['revoke family f', 'record code.replayed']],
    [
      { kind: 'revoke-authorization', authorizationId: 'a', userId: 7, cause: 'refresh_replayed' },
      ['revoke a because refresh_replayed', 'record refresh_token.replayed'],
    ],
  ])('writes what must end with a refusal, and then refuses: %j', async (also, done) => {
    const { context, world } = fakeContext();
    const error = new OAuthError('code_unknown');
    expect(await refused(() => issue(context, client, { kind: 'refuse-and', error, also }))).toBe(error);
    expect(world.done).toEqual(done);
  });

  it('asks for the entry of a replay with all whom it concerns', async () => {
    const { context } = fakeContext();
    const asked: unknown[] = [];
    const replayRecord: OauthContext['replayRecord'] = (replay) => {
      asked.push(replay);
      return context.replayRecord(replay);
    };
    const error = new OAuthError('code_unknown');
    const also = { kind: 'revoke-authorization', authorizationId: 'a', userId: 7, cause: 'refresh_replayed' } as const;
    await refused(() => issue({ ...context, replayRecord }, client, { kind: 'refuse-and', error, also }));
    expect(asked).toEqual([{ authorizationId: 'a', userId: 7, applicationId: 'application-1' }]);
  });

  it('records the replay of a code that ended its family before as an attempt that changed nothing', async () => {
    const { context, world } = fakeContext({ revocations: ['already'] });
    const error = new OAuthError('code_unknown');
    const also = { kind: 'revoke-family', familyId: 'f', cause: 'code_replayed' } as const;
    await refused(() => issue(context, client, { kind: 'refuse-and', error, also }));
    expect(world.done).toEqual(['revoke family f', 'record failed attempt code.replayed']);
  });
});
