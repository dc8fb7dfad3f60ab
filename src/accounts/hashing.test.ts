import { hash as argon2 } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { HashingBusy } from '../ports/password-hasher.ts';
import { createPasswordHasher } from './hashing.ts';

const anna = { account: 'anna@club.example', network: '192.0.2.7' };
/** A caller with an account and a network of its own. */
const caller = (number: number) => ({ account: `${number}@club.example`, network: `192.0.2.${number}` });

describe('the password hasher', () => {
  it('verifies the password byte for byte', async () => {
    const hasher = createPasswordHasher();
    const encoded = await hasher.hash('größe 🦊 ', anna);
    expect(encoded).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.verify(encoded, 'größe 🦊 ', anna)).toBe(true);
    expect(await hasher.verify(encoded, 'größe 🦊', anna)).toBe(false);
    expect(await hasher.verify(encoded, 'gro\u0308ße 🦊 ', anna)).toBe(false);
  });

  it('salts: the same password has another hash each time', async () => {
    const hasher = createPasswordHasher();
    expect(await hasher.hash('rz8 kd0w', anna)).not.toBe(await hasher.hash('rz8 kd0w', anna));
  });

  it('returns false without a hash to check against', async () => {
    expect(await createPasswordHasher().verify(undefined, 'rz8 kd0w', anna)).toBe(false);
  });

  it('needs a new hash when the algorithm or its version differs', async () => {
    const hasher = createPasswordHasher();
    const own = await hasher.hash('rz8 kd0w', anna);
    expect(hasher.needsRehash(own)).toBe(false);
    expect(hasher.needsRehash(own.replace('$argon2id$', '$argon2i$'))).toBe(true);
    expect(hasher.needsRehash(own.replace('$v=19$', '$v=16$'))).toBe(true);
  });

  it.each([
    ['memoryCost', 19_457],
    ['memoryCost', 19_455],
    ['timeCost', 1],
    ['timeCost', 3],
    ['parallelism', 2],
    ['outputLen', 16],
  ])('needs a new hash when only %s differs: %i', async (name, value) => {
    const inUse = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };
    const hasher = createPasswordHasher();
    expect(hasher.needsRehash(await argon2('rz8 kd0w', inUse))).toBe(false);
    expect(hasher.needsRehash(await argon2('rz8 kd0w', { ...inUse, [name]: value }))).toBe(true);
  });

  it('queues up to its limit, rejects the rest at once, and recovers', async () => {
    const hasher = createPasswordHasher({ concurrency: 1, queue: 2 });
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, (_, index) => hasher.hash('rz8 kd0w', caller(index))),
    );
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    for (const reason of reasons) {
      expect(reason).toBeInstanceOf(HashingBusy);
      expect(reason.retryAfterSeconds).toBeGreaterThanOrEqual(1);
      expect(Number.isInteger(reason.retryAfterSeconds)).toBe(true);
    }
    expect(await hasher.hash('rz8 kd0w', anna)).toMatch(/^\$argon2id/);
  });

  it('frees the slot when a check fails', async () => {
    const hasher = createPasswordHasher({ concurrency: 1, queue: 0 });
    await expect(hasher.verify('no hash', 'rz8 kd0w', anna)).rejects.toThrow();
    expect(await hasher.verify(undefined, 'rz8 kd0w', anna)).toBe(false);
  });

  it('gives an account one slot even if a quarter is less than one', async () => {
    const hasher = createPasswordHasher({ concurrency: 2, queue: 0 });
    const [first, second] = await Promise.allSettled([hasher.hash('rz8 kd0w', anna), hasher.hash('rz8 kd0w', anna)]);
    expect([first.status, second.status]).toEqual(['fulfilled', 'rejected']);
    expect(await hasher.hash('rz8 kd0w', anna)).toMatch(/^\$argon2id/);
  });

  it('computes the time to wait, in whole seconds, from the length of the queue and the average duration', async () => {
    const hasher = createPasswordHasher({ concurrency: 1, queue: 60 });
    const waiting = Array.from({ length: 61 }, (_, index) => hasher.hash('rz8 kd0w', caller(index)));
    // 60 waiting tasks of 20 ms each, the average before any was measured.
    await expect(hasher.hash('rz8 kd0w', anna)).rejects.toMatchObject({ retryAfterSeconds: 2 });
    await Promise.all(waiting);
  });

  it.each([
    ['network', (index: number) => ({ ...caller(index), network: '192.0.2.7' })],
    ['account', (index: number) => ({ ...caller(index), account: 'anna@club.example' })],
  ])('lets one %s fill a quarter of the slots, and frees them', async (_what, callerOf) => {
    const hasher = createPasswordHasher({ concurrency: 1, queue: 15 });
    const flood = Array.from({ length: 40 }, (_, index) => hasher.hash('rz8 kd0w', callerOf(index + 10)));
    const others = Array.from({ length: 12 }, (_, index) => hasher.hash('rz8 kd0w', caller(index + 100)));
    const results = await Promise.allSettled(flood);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(HashingBusy);
    expect(await Promise.all(others)).toHaveLength(12);
    const again = Array.from({ length: 4 }, (_, index) => hasher.hash('rz8 kd0w', callerOf(index)));
    expect(await Promise.all(again)).toHaveLength(4);
  });
});
