import { describe, expect, it } from 'vitest';
import { anApplication, fakeContext, now, refused } from '../../../test/support/oauth-fakes.ts';
import type { AuthenticatedClient } from '../clients/authenticate.ts';
import type { PasswordResult } from '../context.ts';
import { parseParams } from '../params.ts';
import { password } from './password.ts';

const input = { client: anApplication() as AuthenticatedClient, now, rotationOverlapSeconds: 60 };
const request = password.parse(parseParams('username=a@example.org&password=+right+'));
const decide = (result: PasswordResult) => password.decide(request, result, input);

describe('the password grant (RFC 6749 4.3)', () => {
  it('checks user name and password as they were sent', async () => {
    const attempts: unknown[] = [];
    const authenticate = async (attempt: unknown): Promise<PasswordResult> => {
      attempts.push(attempt);
      return { outcome: 'refused' };
    };
    const sender = { client: { ...input.client, sandboxUserId: 9 }, from: '192.0.2.1' };
    await password.load({ ...fakeContext().context, authenticate }, request, sender);
    expect(attempts).toEqual([{ email: 'a@example.org', password: ' right ', from: '192.0.2.1', onlyUserId: 9 }]);
  });

  it('starts a family with the epoch of the checked password', () => {
    expect(decide({ outcome: 'signed_in', user: { id: 7, passwordEpoch: 2 } })).toEqual({
      kind: 'start-family',
      userId: 7,
      passwordEpoch: 2,
      scope: 'all',
    });
  });

  it.each([
    [{ outcome: 'refused' }, 'wrong_password', undefined],
    [{ outcome: 'throttled', retryAfterSeconds: 30 }, 'too_many_logins', 30],
    [{ outcome: 'busy', retryAfterSeconds: 2 }, 'busy', 2],
  ] as const)('refuses for %j, with its cause and its Retry-After', async (result, cause, retryAfterSeconds) => {
    expect(await refused(() => decide(result))).toMatchObject({ cause, retryAfterSeconds });
  });

  it.each([
    ['username=a', 'invalid_request', 'parameter_missing', 'password'],
    ['password=a', 'invalid_request', 'parameter_missing', 'username'],
    ['username=&password=a', 'invalid_request', 'parameter_missing', 'username'],
    ['username=a&password=b&scope=admin', 'invalid_scope', 'unknown_scope', 'all'],
  ])('refuses %j', async (body, code, cause, expected) => {
    const error = { row: { error: code }, cause, shown: { expected: [expected] } };
    expect(await refused(() => password.parse(parseParams(body)))).toMatchObject(error);
  });
});
