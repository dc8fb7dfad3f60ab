import { describe, expect, it } from 'vitest';
import { createdPasswordBuckets, loginBuckets, secondsUntil, signUpBucket, trustMs } from './throttle.ts';

const email = 'anna@club.example';

describe('the buckets of a login', () => {
  it('have keys that reveal neither the person nor the network', () => {
    const keys = loginBuckets(email, '192.0.2.7').all.map(({ key }) => key);
    for (const key of [...keys, signUpBucket('192.0.2.7').key]) {
      expect(key).toMatch(/^sign-(in|up):[a-z-]+:[A-Za-z0-9_-]{43}$/);
    }
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are shared by all networks of an account, and by all accounts of a network, where they should be', () => {
    const here = loginBuckets(email, '192.0.2.7').all.map(({ key }) => key);
    const elsewhere = loginBuckets(email, '192.0.2.8').all.map(({ key }) => key);
    const otherAccount = loginBuckets('ben@club.example', '192.0.2.7').all.map(({ key }) => key);
    expect(here.filter((key) => elsewhere.includes(key))).toEqual([
      expect.stringContaining('sign-in:account:'),
      expect.stringContaining('sign-in:account-all:'),
    ]);
    expect(here.filter((key) => otherAccount.includes(key))).toEqual([
      expect.stringContaining('sign-in:network:'),
      expect.stringContaining('sign-in:network-all:'),
    ]);
  });

  it('have these limits: the burst, and the milliseconds until one more attempt is admitted', () => {
    const limits = loginBuckets(email, '192.0.2.7').all.map(({ key, burst, leakMs }) => [
      key.split(':')[1],
      burst,
      leakMs,
    ]);
    expect(limits).toEqual([
      ['pair', 20, 30_000],
      ['familiar', 50, 30_000],
      ['account', 100, 60_000],
      ['network', 300, 1000],
      ['account-all', 1000, 1000],
      ['network-all', 3000, 50],
    ]);
    expect(trustMs).toBe(7_776_000_000);
  });

  it('are refunded or emptied by a success, except for those that limit right passwords or count first logins', () => {
    const { all, refund, empty, trust } = loginBuckets(email, '192.0.2.7');
    const kinds = (keys: readonly string[]) => keys.map((key) => key.split(':')[1]);
    expect(kinds(refund.map(({ key }) => key))).toEqual(['network']);
    expect(kinds(empty)).toEqual(['pair', 'familiar']);
    expect(kinds([trust])).toEqual(['pair']);
    for (const bucket of refund) expect(all).toContain(bucket);
  });

  it('apply to a familiar network only where trust does not lift them', () => {
    const { all, trust } = loginBuckets(email, '192.0.2.7');
    const applying = all.filter(({ unlessTrusted }) => unlessTrusted !== trust).map(({ key }) => key.split(':')[1]);
    expect(applying).toEqual(['familiar', 'network', 'account-all', 'network-all']);
  });
});

describe('the buckets of sign-ups and created passwords', () => {
  it('are one per network for sign-ups', () => {
    const { key, ...limit } = signUpBucket('192.0.2.7');
    expect(limit).toEqual({ burst: 100, leakMs: 60_000 });
    expect(key).not.toBe(signUpBucket('192.0.2.8').key);
  });

  it('are one per user and one per network for created passwords', () => {
    const [user, network] = createdPasswordBuckets(7, '192.0.2.7');
    expect(user).toEqual({ key: createdPasswordBuckets(7, '192.0.2.8')[0]?.key, burst: 20, leakMs: 60_000 });
    expect(network).toEqual({ key: createdPasswordBuckets(8, '192.0.2.7')[1]?.key, burst: 100, leakMs: 60_000 });
    expect(user?.key).toMatch(/^created-password:user:[A-Za-z0-9_-]{43}$/);
    expect(network?.key).toMatch(/^created-password:network:[A-Za-z0-9_-]{43}$/);
    expect(user?.key).not.toBe(createdPasswordBuckets(8, '192.0.2.7')[0]?.key);
    expect(network?.key).not.toBe(createdPasswordBuckets(7, '192.0.2.8')[1]?.key);
  });
});

describe('the time to wait', () => {
  it('is in whole seconds, rounded up, at least one', () => {
    expect(secondsUntil(31_001, 1_000)).toBe(31);
    expect(secondsUntil(31_000, 1_000)).toBe(30);
    expect(secondsUntil(1_000, 1_000)).toBe(1);
    expect(secondsUntil(0, 1_000)).toBe(1);
  });
});
