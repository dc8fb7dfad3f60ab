import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../ports/audit.ts';
import { HashingBusy, type PasswordHasher } from '../ports/password-hasher.ts';
import type { Bucket, Throttles, User } from '../ports/store/index.ts';
import { type Authenticate, type AuthenticatorPorts, createAuthenticator } from './authenticator.ts';

const day = 24 * 60 * 60_000;
const password = 'lange Wanderung';
const email = 'anna@club.example';
const home = '192.0.2.7';

const anna: User = {
  id: 7,
  email,
  firstName: 'Anna',
  lastName: 'Keller',
  administratorRole: null,
  createdAt: 0,
  disabledAt: null,
  passwordEpoch: 0,
};

/** The port, in memory. */
function memoryThrottles(): Throttles & { level(kind: string): number; forget(kind: string): void } {
  const emptyAt = new Map<string, { key: string; at: number; leakMs: number }>();
  const trusted = new Map<string, number>();
  let latest = 0;
  const unitsOf = ({ key, leakMs }: Bucket, now: number) => Math.max(0, ((emptyAt.get(key)?.at ?? now) - now) / leakMs);
  const put = (bucket: Bucket, units: number, now: number) =>
    emptyAt.set(bucket.key, { key: bucket.key, at: now + Math.max(0, units) * bucket.leakMs, leakMs: bucket.leakMs });
  return {
    admit: async (buckets, now) => {
      latest = now;
      const holding = buckets.filter(({ unlessTrusted }) => (trusted.get(unlessTrusted ?? '') ?? 0) <= now);
      const full = holding.find((bucket) => unitsOf(bucket, now) + 1 > bucket.burst);
      if (full !== undefined) {
        const retryAt = now + (unitsOf(full, now) + 1 - full.burst) * full.leakMs;
        return { outcome: 'throttled', key: full.key, retryAt };
      }
      for (const bucket of holding) put(bucket, unitsOf(bucket, now) + 1, now);
      return { outcome: 'admitted' };
    },
    recordOutcome: async ({ refund, empty, trust, trustUntil, now }) => {
      for (const bucket of refund) put(bucket, unitsOf(bucket, now) - 1, now);
      for (const key of empty) emptyAt.delete(key);
      for (const key of trust) trusted.set(key, trustUntil);
    },
    forget: (kind) => {
      for (const key of emptyAt.keys()) if (key.startsWith(`sign-in:${kind}:`)) emptyAt.delete(key);
    },
    level: (kind) =>
      [...emptyAt.values()]
        .filter(({ key }) => key.startsWith(`sign-in:${kind}:`))
        .reduce((sum, { at, leakMs }) => sum + Math.round((at - latest) / leakMs), 0),
  };
}

describe('the authenticator', () => {
  let now: number;
  let user: User;
  let events: Omit<AuditEvent, 'at'>[];
  let checks: (string | undefined)[];
  let rehashed: unknown[];
  let throttles: ReturnType<typeof memoryThrottles>;
  let hasher: PasswordHasher;
  let authenticate: Authenticate;

  beforeEach(() => {
    now = 1_000_000_000;
    user = anna;
    events = [];
    checks = [];
    rehashed = [];
    throttles = memoryThrottles();
    hasher = {
      hash: async (text) => `new:${text}`,
      verify: async (encoded, text) => {
        checks.push(encoded);
        return encoded === `new:${text}` || encoded === `old:${text}`;
      },
      needsRehash: (encoded) => encoded.startsWith('old:'),
    };
    authenticate = authenticatorWith(`new:${password}`);
  });

  function authenticatorWith(passwordHash: string): Authenticate {
    const users: Partial<AuthenticatorPorts['store']['users']> = {
      findCredentials: async (address) => (address === email ? { user, passwordHash } : undefined),
      rehashPassword: async (...rehash) => void rehashed.push(rehash),
    };
    const store = { users: users as AuthenticatorPorts['store']['users'], throttles };
    return createAuthenticator({
      store,
      hasher,
      clock: { now: () => now },
      recordFailedAttempt: (attempt) => void events.push(attempt),
    });
  }

  async function guess(times: number, from: string, address = email): Promise<string[]> {
    const outcomes: string[] = [];
    for (let count = 0; count < times; count += 1) {
      outcomes.push((await authenticate({ email: address, password: `wrong ${count}`, from })).outcome);
    }
    return outcomes;
  }

  it('accepts the right password, in any spelling of the address', async () => {
    expect(await authenticate({ email: ' Anna@Club.Example ', password, from: home })).toEqual({
      outcome: 'signed_in',
      user,
    });
  });

  it('returns the same, after the same work, for a wrong password, an unknown user and a disabled one', async () => {
    expect(await authenticate({ email, password: 'wrong', from: home })).toEqual({ outcome: 'refused' });
    expect(await authenticate({ email: 'nobody@club.example', password, from: home })).toEqual({ outcome: 'refused' });
    expect(await authenticate({ email: 'no address', password, from: home })).toEqual({ outcome: 'refused' });
    user = { ...anna, disabledAt: now };
    expect(await authenticate({ email, password, from: home })).toEqual({ outcome: 'refused' });
    expect(checks).toEqual([`new:${password}`, undefined, undefined, `new:${password}`]);
    expect(throttles.level('network')).toBe(4);
  });

  it('records failed attempts of users, and none of unknown addresses', async () => {
    await authenticate({ email, password: 'wrong', from: home });
    await authenticate({ email: 'nobody@club.example', password, from: home });
    await authenticate({ email, password, from: home });
    expect(events).toEqual([
      { actor: { kind: 'user', id: 7 }, action: 'user.sign_in_refused', subject: 'user:7', from: home },
    ]);
  });

  it('slows down wrong guesses at one account from one network, and lets one through every 30 seconds', async () => {
    expect(await guess(21, home)).toEqual([...Array(20).fill('refused'), 'throttled']);
    expect(await authenticate({ email, password, from: home })).toEqual({
      outcome: 'throttled',
      retryAfterSeconds: 30,
    });
    now += 30_000;
    expect(await guess(2, home)).toEqual(['refused', 'throttled']);
    now += 30_000;
    expect(await authenticate({ email, password, from: home })).toMatchObject({ outcome: 'signed_in' });
    expect(throttles.level('pair')).toBe(0);
  });

  it('counts before it checks, so that parallel guesses do not slip past', async () => {
    const guesses = Array.from({ length: 50 }, (_, count) =>
      authenticate({ email, password: `wrong ${count}`, from: home }),
    );
    const outcomes = (await Promise.all(guesses)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(20);
    expect(checks).toHaveLength(20);
  });

  it('slows down in the same way for an unknown address', async () => {
    expect(await guess(21, home, 'nobody@club.example')).toEqual([...Array(20).fill('refused'), 'throttled']);
  });

  it('counts all spellings of an address and all addresses of one IPv6 network as one', async () => {
    for (let count = 0; count < 10; count += 1) {
      await authenticate({ email: 'ANNA@club.example', password: `wrong ${count}`, from: `2001:db8::${count}` });
      await authenticate({ email: ` ${email} `, password: `wrong ${count}`, from: `2001:db8:0:0:${count}::` });
    }
    expect(await authenticate({ email, password, from: '2001:db8::ffff' })).toMatchObject({ outcome: 'throttled' });
  });

  it('never locks the owner out of a familiar network, however many guesses come from elsewhere', async () => {
    await authenticate({ email, password, from: home });
    for (let network = 0; network < 10; network += 1) await guess(20, `198.51.100.${network}`);
    expect(await authenticate({ email, password: 'new network', from: '203.0.113.1' })).toMatchObject({
      outcome: 'throttled',
    });
    expect(await authenticate({ email, password, from: home })).toMatchObject({ outcome: 'signed_in' });
  });

  it('slows down guesses from a familiar network too, later', async () => {
    await authenticate({ email, password, from: home });
    expect(await guess(51, home)).toEqual([...Array(50).fill('refused'), 'throttled']);
    now += 91 * day;
    expect(await guess(21, home)).toEqual([...Array(20).fill('refused'), 'throttled']);
  });

  it('slows down one password tried on many accounts', async () => {
    const outcomes = new Set<string>();
    for (let count = 0; count < 301; count += 1) {
      outcomes.add(
        (await authenticate({ email: `user${count}@club.example`, password: 'Sommer 2026!', from: home })).outcome,
      );
    }
    expect([...outcomes]).toEqual(['refused', 'throttled']);
  });

  it('does not throttle right passwords: one after the other, in parallel, or from one server', async () => {
    for (let count = 0; count < 400; count += 1) {
      expect((await authenticate({ email, password, from: home })).outcome).toBe('signed_in');
    }
    const atOnce = await Promise.all(
      Array.from({ length: 200 }, () => authenticate({ email, password, from: '203.0.113.1' })),
    );
    expect(new Set(atOnce.map(({ outcome }) => outcome))).toEqual(new Set(['signed_in']));
    expect(throttles.level('network')).toBe(0);
    // Only the first login from each network stays counted.
    expect(throttles.level('account')).toBe(2);
  });

  it('limits right passwords per account and per network', async () => {
    const times = async (count: number, from: (index: number) => string) => {
      const outcomes = [];
      for (let index = 0; index < count; index += 1)
        outcomes.push((await authenticate({ email, password, from: from(index) })).outcome);
      return outcomes;
    };
    expect(await times(1001, () => home)).toEqual([...Array(1000).fill('signed_in'), 'throttled']);
    expect(await times(1, () => '203.0.113.1')).toEqual(['throttled']);
    now += 1000;
    expect(await times(2, () => home)).toEqual(['signed_in', 'throttled']);
    for (let hour = 0; hour < 2; hour += 1) {
      // Empties the bucket of the account, not that of the network.
      throttles.forget('account-all');
      await times(1000, () => home);
    }
    throttles.forget('account-all');
    expect(await times(20, () => home)).toEqual([...Array(19).fill('signed_in'), 'throttled']);
    now += 1000;
    expect(await times(21, () => home)).toEqual([...Array(20).fill('signed_in'), 'throttled']);
  });

  it('treats everybody but the test user as unknown in a sandbox: nothing is checked, recorded or trusted', async () => {
    const sandbox = { email, from: home, onlyUserId: 8 };
    expect(await authenticate({ ...sandbox, password })).toEqual({ outcome: 'refused' });
    expect(await authenticate({ ...sandbox, password: 'wrong' })).toEqual({ outcome: 'refused' });
    expect(checks).toEqual([undefined, undefined]);
    expect(events).toEqual([]);
    // The attempts stay counted: nothing is trusted, and nothing is refunded.
    expect([throttles.level('pair'), throttles.level('network')]).toEqual([2, 2]);
    expect(await authenticate({ ...sandbox, email: 'nobody@club.example', password })).toEqual({ outcome: 'refused' });
    const at = { email, password, from: home };
    const both = await Promise.all([authenticate({ ...at, onlyUserId: 8 }), authenticate(at)]);
    expect(both.map(({ outcome }) => outcome)).toEqual(['refused', 'signed_in']);
    expect(await authenticate({ ...at, onlyUserId: anna.id })).toMatchObject({ outcome: 'signed_in' });
  });

  it('frees no units for guesses from elsewhere when the owner logs in', async () => {
    await authenticate({ email, password, from: home });
    for (let network = 0; network < 5; network += 1) await guess(20, `198.51.100.${network}`);
    for (let count = 0; count < 50; count += 1) await authenticate({ email, password, from: home });
    expect(await guess(1, '203.0.113.1')).toEqual(['throttled']);
  });

  it('checks identical parallel attempts once, and again afterwards', async () => {
    await Promise.all([authenticate({ email, password, from: home }), authenticate({ email, password, from: home })]);
    expect(checks).toHaveLength(1);
    await authenticate({ email, password, from: home });
    expect(checks).toHaveLength(2);
  });

  it('returns busy with the time to wait when the hasher is busy, and does not count the attempt', async () => {
    hasher = { ...hasher, verify: () => Promise.reject(new HashingBusy(2)) };
    authenticate = authenticatorWith(`new:${password}`);
    expect(await authenticate({ email, password: 'wrong', from: home })).toEqual({
      outcome: 'busy',
      retryAfterSeconds: 2,
    });
    for (const kind of ['pair', 'familiar', 'account', 'network', 'account-all', 'network-all'])
      expect(throttles.level(kind)).toBe(0);
  });

  it('checks and hashes under the limits of the account and of the network', async () => {
    const callers: unknown[] = [];
    hasher = {
      needsRehash: () => true,
      verify: async (_encoded, _text, caller) => callers.push(caller) > 0,
      hash: async (text, caller) => `${callers.push(caller)}:${text}`,
    };
    authenticate = authenticatorWith(`old:${password}`);
    await authenticate({ email: ' Anna@Club.Example', password, from: '2001:db8::7' });
    await authenticate({ email: 'no address', password, from: home });
    const anna = { account: email, network: '2001:db8:0:0::/64' };
    expect(callers).toEqual([anna, anna, { account: 'no address', network: home }]);
  });

  it('passes on unexpected errors of the hasher', async () => {
    const fails = () => Promise.reject(new Error('Out of memory'));
    const attempt = { email, password, from: home };
    hasher = { ...hasher, hash: fails };
    await expect(authenticatorWith(`old:${password}`)(attempt)).rejects.toThrow('Out of memory');
    hasher = { ...hasher, verify: fails };
    await expect(authenticatorWith(`new:${password}`)(attempt)).rejects.toThrow('Out of memory');
    expect(throttles.level('network')).toBe(1);
  });

  it('leaves a hash with the parameters in use as it is', async () => {
    await authenticate({ email, password, from: home });
    expect(rehashed).toEqual([]);
  });

  it('replaces an outdated hash after a login, or leaves it to the next login when the hasher is busy', async () => {
    authenticate = authenticatorWith(`old:${password}`);
    await authenticate({ email, password, from: home });
    expect(rehashed).toEqual([[7, `old:${password}`, `new:${password}`]]);
    hasher = { ...hasher, hash: () => Promise.reject(new HashingBusy(1)) };
    expect(await authenticatorWith(`old:${password}`)({ email, password, from: home })).toMatchObject({
      outcome: 'signed_in',
    });
  });
});
