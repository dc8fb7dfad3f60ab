import { hash as argon2 } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { HashingBusy } from '../ports/password-hasher.ts';
import { createPasswordHasher } from './hashing.ts';

describe('the password hasher', () => {
  it('knows the password again, byte for byte', async () => {
    const hasher = createPasswordHasher();
    const encoded = await hasher.hash('größe 🦊 ');
    expect(encoded).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.verify(encoded, 'größe 🦊 ')).toBe(true);
    expect(await hasher.verify(encoded, 'größe 🦊')).toBe(false);
    expect(await hasher.verify(encoded, 'gro\u0308ße 🦊 ')).toBe(false);
  });

  it('salts: the same password has another hash each time', async () => {
    const hasher = createPasswordHasher();
    expect(await hasher.hash('rz8 kd0w')).not.toBe(await hasher.hash('rz8 kd0w'));
  });

  it('answers false for nobody, after the same work', async () => {
    expect(await createPasswordHasher().verify(undefined, 'rz8 kd0w')).toBe(false);
  });

  it('wants a new hash when the parameters are not those in use', async () => {
    const hasher = createPasswordHasher();
    const weak = await argon2('rz8 kd0w', { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    expect(hasher.needsRehash(weak)).toBe(true);
    expect(hasher.needsRehash(weak.replace('$argon2id$', '$argon2i$'))).toBe(true);
    expect(hasher.needsRehash(await hasher.hash('rz8 kd0w'))).toBe(false);
  });

  it('lets a few wait, refuses the rest at once, and recovers', async () => {
    const hasher = createPasswordHasher({ concurrency: 1, queue: 2 });
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => hasher.hash('rz8 kd0w')));
    expect(answers.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
    for (const reason of refused) {
      expect(reason).toBeInstanceOf(HashingBusy);
      expect(reason.retryAfterSeconds).toBeGreaterThanOrEqual(1);
      expect(Number.isInteger(reason.retryAfterSeconds)).toBe(true);
    }
    expect(await hasher.hash('rz8 kd0w')).toMatch(/^\$argon2id/);
  });

  it('gives the place on when a check fails', async () => {
    const hasher = createPasswordHasher({ concurrency: 1, queue: 0 });
    await expect(hasher.verify('no hash', 'rz8 kd0w')).rejects.toThrow();
    expect(await hasher.verify(undefined, 'rz8 kd0w')).toBe(false);
  });
});
