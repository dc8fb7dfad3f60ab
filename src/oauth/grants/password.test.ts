import { describe, expect, it } from 'vitest';
import { anApplication, now, refusalOf } from '../../../test/support/oauth-fakes.ts';
import type { AuthenticatedClient } from '../clients/authenticate.ts';
import type { PasswordAnswer } from '../context.ts';
import { Refusal } from '../errors.ts';
import { parseParams } from '../params.ts';
import { password } from './password.ts';

const circumstances = { client: anApplication() as AuthenticatedClient, now, rotationOverlapSeconds: 60 };
const request = password.parse(parseParams('username=a@example.org&password=+right+'));
const decide = (answer: PasswordAnswer) => password.decide(request, answer, circumstances);

describe('the password grant (RFC 6749 4.3)', () => {
  it('hands name and password to the one door, as they were sent', async () => {
    const seen: unknown[] = [];
    const signIn = async (attempt: unknown): Promise<PasswordAnswer> => {
      seen.push(attempt);
      return { outcome: 'refused' };
    };
    await password.load({ signIn, findCode: async () => undefined, findRefresh: async () => undefined }, request, {
      client: { ...circumstances.client, sandboxUserId: 9 },
      from: '192.0.2.1',
    });
    expect(seen).toEqual([{ email: 'a@example.org', password: ' right ', from: '192.0.2.1', onlyUserId: 9 }]);
  });

  it('starts a family under the password that was checked', () => {
    expect(decide({ outcome: 'signed_in', user: { id: 7, passwordEpoch: 2 } })).toEqual({
      kind: 'start-family',
      userId: 7,
      passwordEpoch: 2,
      scope: 'all',
    });
  });

  it.each([
    [{ outcome: 'refused' }, 'invalid_grant'],
    [{ outcome: 'throttled', retryAfterSeconds: 30 }, 'throttled'],
    [{ outcome: 'busy', retryAfterSeconds: 2 }, 'temporarily_unavailable'],
  ] as const)('passes on %j', async (answer, reason) => {
    expect(await refusalOf(() => decide(answer))).toBe(reason);
  });

  it('says how long to wait', () => {
    try {
      decide({ outcome: 'throttled', retryAfterSeconds: 30 });
    } catch (thrown) {
      expect((thrown as Refusal).detail.retryAfterSeconds).toBe(30);
      expect(thrown).toBeInstanceOf(Refusal);
    }
  });

  it.each([
    ['username=a', 'invalid_request'],
    ['password=a', 'invalid_request'],
    ['username=&password=a', 'invalid_request'],
    ['username=a&password=b&scope=admin', 'invalid_scope'],
  ])('refuses %j', async (body, reason) => {
    expect(await refusalOf(() => password.parse(parseParams(body)))).toBe(reason);
  });
});
