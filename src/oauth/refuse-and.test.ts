import { describe, expect, it } from 'vitest';
import { anApplication, fakeContext, now, refused } from '../../test/support/oauth-fakes.ts';
import type { AuthenticatedClient } from './clients/authenticate.ts';
import type { OauthContext } from './context.ts';
import { OAuthError } from './errors/oauth-error.ts';
import { refuseAnd, type WriteWithError } from './refuse-and.ts';

const client = anApplication() as AuthenticatedClient;
const error = new OAuthError('code_unknown');
const codeReplay = { kind: 'revoke-family', familyId: 'f', cause: 'code_replayed' } as const;
const refreshReplay = {
  kind: 'revoke-authorization',
  authorizationId: 'a',
  userId: 7,
  cause: 'refresh_replayed',
} as const;

/** The arguments of each write, under a name of the write. */
async function writesOf(write: WriteWithError): Promise<Readonly<Record<string, unknown>>> {
  const { context } = fakeContext();
  const writes: Record<string, unknown> = {};
  context.store.codes.invalidate = async (hash, at) => {
    writes.invalidatedCode = { hash, at };
  };
  context.store.families.revoke = async (id, at, record) => {
    writes.revokedFamily = { id, at, record };
    return 'revoked';
  };
  context.store.authorizations.revoke = async (args) => {
    writes.revokedAuthorization = args;
    return 'revoked';
  };
  expect(await refused(() => refuseAnd(context, client, error, write))).toBe(error);
  return writes;
}

describe('an error with a write', () => {
  it.each<[WriteWithError, string[]]>([
    [{ kind: 'invalidate-code', codeHash: 'h' }, ['invalidate']],
    [codeReplay, ['revoke family f', 'record code.replayed']],
    [refreshReplay, ['revoke a because refresh_replayed', 'record refresh_token.replayed']],
  ])('is thrown after the write: %j', async (write, done) => {
    const { context, fakes } = fakeContext();
    expect(await refused(() => refuseAnd(context, client, error, write))).toBe(error);
    expect(fakes.calls).toEqual(done);
  });

  it('invalidates a code by its hash', async () => {
    expect(await writesOf({ kind: 'invalidate-code', codeHash: 'h' })).toEqual({
      invalidatedCode: { hash: 'h', at: now },
    });
  });

  it('revokes the family of a replayed code, with an audit entry', async () => {
    const actor = { kind: 'application', id: 'insiders_app_1' };
    const event = { actor, action: 'code.replayed', subject: 'family:f', at: now };
    expect(await writesOf(codeReplay)).toEqual({ revokedFamily: { id: 'f', at: now, record: { event } } });
  });

  it('revokes the authorization of a replayed refresh token, with an audit entry', async () => {
    const event = expect.objectContaining({ action: 'refresh_token.replayed', subject: 'authorization:a' });
    expect(await writesOf(refreshReplay)).toEqual({
      revokedAuthorization: { id: 'a', ownerId: null, reason: 'refresh_replayed', now, record: { event } },
    });
  });

  it('passes authorization, user and application to the audit entry of a replayed refresh token', async () => {
    const { context } = fakeContext();
    const replays: unknown[] = [];
    const replayRecord: OauthContext['replayRecord'] = (replay) => {
      replays.push(replay);
      return context.replayRecord(replay);
    };
    await refused(() => refuseAnd({ ...context, replayRecord }, client, error, refreshReplay));
    expect(replays).toEqual([{ authorizationId: 'a', userId: 7, applicationId: 'application-1' }]);
  });

  it('records a code replay as a failed attempt if its family was revoked before', async () => {
    const { context, fakes } = fakeContext({ revocations: ['already'] });
    await refused(() => refuseAnd(context, client, error, codeReplay));
    expect(fakes.calls).toEqual(['revoke family f', 'record failed attempt code.replayed']);
  });
});
