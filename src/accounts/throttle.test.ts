import { describe, expect, it } from 'vitest';
import { secondsUntil, signInBuckets, signUpBucket } from './throttle.ts';

const email = 'anna@club.example';

describe('the buckets of a log-in', () => {
  it('name neither the person nor the network', () => {
    const keys = signInBuckets(email, '192.0.2.7').all.map(({ key }) => key);
    for (const key of [...keys, signUpBucket('192.0.2.7').key]) {
      expect(key).toMatch(/^sign-(in|up):[a-z-]+:[A-Za-z0-9_-]{43}$/);
    }
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are shared by all networks of an account, and by all accounts of a network, where they should be', () => {
    const here = signInBuckets(email, '192.0.2.7').all.map(({ key }) => key);
    const elsewhere = signInBuckets(email, '192.0.2.8').all.map(({ key }) => key);
    const somebodyElse = signInBuckets('ben@club.example', '192.0.2.7').all.map(({ key }) => key);
    expect(here.filter((key) => elsewhere.includes(key))).toEqual([
      expect.stringContaining('sign-in:account:'),
      expect.stringContaining('sign-in:account-all:'),
    ]);
    expect(here.filter((key) => somebodyElse.includes(key))).toEqual([
      expect.stringContaining('sign-in:network:'),
      expect.stringContaining('sign-in:network-all:'),
    ]);
  });

  it('a familiar network is held only to the wider ones', () => {
    const { all, trust } = signInBuckets(email, '192.0.2.7');
    const stillHolding = all.filter(({ unlessTrusted }) => unlessTrusted !== trust).map(({ key }) => key.split(':')[1]);
    expect(stillHolding).toEqual(['familiar', 'network', 'account-all', 'network-all']);
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
