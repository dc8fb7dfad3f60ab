import { describe, expect, it } from 'vitest';
import { aCode, anApplication, fakeContext, now, refusalOf } from '../../../test/support/oauth-fakes.ts';
import type { AuthenticatedClient } from '../clients/authenticate.ts';
import { Refusal } from '../errors.ts';
import type { Consequence } from '../grants/grant.ts';
import { parseScope } from '../scope.ts';
import { readAccessToken } from './access-token.ts';
import { issue } from './issue.ts';
import { openSuccessor } from './refresh-token.ts';

const client = anApplication() as AuthenticatedClient;
const scope = parseScope('all');
const familyId = 'AAAAAAAAAAAAAAAAAAAAAA';

describe('issuing tokens', () => {
  it('mints an access token that names its family and its expiry', async () => {
    const { context } = fakeContext();
    const issued = await issue(context, client, { kind: 'continue', familyId, refreshToken: 'insiders_rt_x', scope });
    const text = issued.outcome === 'issued' ? issued.answer.access_token : '';
    expect(readAccessToken(context.keys, text)).toMatchObject({ familyId, expiresAt: now + 36_000_000 });
  });

  it('seals the successor of a rotated token under the one that was presented', async () => {
    const { context } = fakeContext();
    let sealed = '';
    context.store.families.rotate = async (rotation) => {
      sealed = rotation.sealedSuccessor;
      return 'won';
    };
    const presented = `insiders_rt_${'a'.repeat(66)}`;
    const issued = await issue(context, client, { kind: 'rotate', familyId, presented, scope });
    expect(issued).toMatchObject({ outcome: 'issued', answer: { refresh_token: openSuccessor(presented, sealed) } });
  });

  it('says that it lost when somebody was faster', async () => {
    const { context } = fakeContext({ outcomes: ['lost'] });
    expect(await issue(context, client, { kind: 'redeem-code', code: aCode(), scope })).toEqual({ outcome: 'lost' });
  });

  it('refuses when user or application ended in between', async () => {
    const { context } = fakeContext();
    context.store.families.startByPassword = async () => 'refused';
    const act = () => issue(context, client, { kind: 'start-family', userId: 7, passwordEpoch: 0, scope });
    expect(await refusalOf(act)).toBe('invalid_grant');
  });

  it.each<[Consequence, string[]]>([
    [{ kind: 'burn-code', codeHash: 'h' }, ['burn']],
    [{ kind: 'revoke-family', familyId: 'f', cause: 'code_replayed' }, ['revoke family f', 'record code.replayed']],
    [
      { kind: 'revoke-authorization', authorizationId: 'a', userId: 7, cause: 'refresh_replayed' },
      ['revoke a because refresh_replayed', 'record refresh_token.replayed'],
    ],
  ])('writes what must end with a refusal, and then refuses: %j', async (also, done) => {
    const { context, world } = fakeContext();
    const refusal = new Refusal('invalid_grant', 'No');
    expect(await refusalOf(() => issue(context, client, { kind: 'refuse-and', refusal, also }))).toBe('invalid_grant');
    expect(world.done).toEqual(done);
  });

  it('records the replay of a code that ended its family before as an attempt that changed nothing', async () => {
    const { context, world } = fakeContext({ revocations: ['already'] });
    const refusal = new Refusal('invalid_grant', 'No');
    const also = { kind: 'revoke-family', familyId: 'f', cause: 'code_replayed' } as const;
    await refusalOf(() => issue(context, client, { kind: 'refuse-and', refusal, also }));
    expect(world.done).toEqual(['revoke family f', 'record failed attempt code.replayed']);
  });
});
