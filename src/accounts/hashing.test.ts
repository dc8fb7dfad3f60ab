import { hash as argon2 } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { HashingBusy } from '../ports/password-hasher.ts';
import { createPasswordHasher } from './hashing.ts';

const anna = { account: 'anna@club.example', network: '192.0.2.7' };
/** Somebody with an account and a network of their own. */
const person = (number: number) => ({ account: `${number}@club.example`, network: `192.0.2.${number}` });

describe('the password hasher', () => {
  it('knows the password again, byte for byte', async () => {
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

  it('answers false for nobody, after the same work', async () => {
    expect(await createPasswordHasher().verify(undefined, 'rz8 kd0w', anna)).toBe(false);
  });

  it('wants a new hash when the parameters are not those in use', async () => {
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
  ])('wants one where nothing but %s differs: %i', async (name, value) => {
    const inUse = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };
    const hasher = createPasswordHasher();
    expect(hasher.needsRehash(await argon2('rz8 kd0w', inUse))).toBe(false);
    expect(hasher.needsRehash(await argon2('rz8 kd0w', { ...inUse, [name]: value }))).toBe(true);
  });

  it('lets a few wait, refuses the rest at once, and recovers', async () => {
    const hasher = createPasswordHasher({ concurrency: 1, queue: 2 });
    const answers = await Promise.allSettled(
      Array.from({ length: 5 }, (_, index) => hasher.hash('rz8 kd0w', person(index))),
    );
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
    expect(await hasher.hash('rz8 kd0w', anna)).toMatch(/^\$argon2id/);
  });

  it('gives the place on when a check fails', async () => {
    const hasher = createPasswordHasher({ concurrency: 1, queue: 0 });
    await expect(hasher.verify('no hash', 'rz8 kd0w', anna)).rejects.toThrow();
    expect(await hasher.verify(undefined, 'rz8 kd0w', anna)).toBe(false);
  });

  it('lets one account have one place, however few there are', async () => {
    const hasher = createPasswordHasher({ concurrency: 2, queue: 0 });
    const [first, second] = await Promise.allSettled([hasher.hash('rz8 kd0w', anna), hasher.hash('rz8 kd0w', anna)]);
    expect([first.status, second.status]).toEqual(['fulfilled', 'rejected']);
    expect(await hasher.hash('rz8 kd0w', anna)).toMatch(/^\$argon2id/);
  });

  it('gives the wait in whole seconds, by how many wait and how long one takes', async () => {
    const hasher = createPasswordHasher({ concurrency: 1, queue: 60 });
    const waiting = Array.from({ length: 61 }, (_, index) => hasher.hash('rz8 kd0w', person(index)));
    // At 20 ms each, before any was measured.
    await expect(hasher.hash('rz8 kd0w', anna)).rejects.toMatchObject({ retryAfterSeconds: 2 });
    await Promise.all(waiting);
  });

  it.each([
    ['network', (index: number) => ({ ...person(index), network: '192.0.2.7' })],
    ['account', (index: number) => ({ ...person(index), account: 'anna@club.example' })],
  ])('lets one %s fill a quarter of the places, and gives them back', async (_what, whom) => {
    const hasher = createPasswordHasher({ concurrency: 1, queue: 15 });
    const flood = Array.from({ length: 40 }, (_, index) => hasher.hash('rz8 kd0w', whom(index + 10)));
    const others = Array.from({ length: 12 }, (_, index) => hasher.hash('rz8 kd0w', person(index + 100)));
    const answers = await Promise.allSettled(flood);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
    for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(HashingBusy);
    expect(await Promise.all(others)).toHaveLength(12);
    const again = Array.from({ length: 4 }, (_, index) => hasher.hash('rz8 kd0w', whom(index)));
    expect(await Promise.all(again)).toHaveLength(4);
  });
});
