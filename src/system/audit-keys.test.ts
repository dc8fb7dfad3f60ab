import { describe, expect, it } from 'vitest';
import type { Key } from '../ports/keys.ts';
import { auditKeyOf, auditKeysOf } from './audit-keys.ts';
import { fingerprintOf } from './key-fingerprint.ts';

const one: Key = { id: 1, secret: Buffer.alloc(32, 1) };
const two: Key = { id: 2, secret: Buffer.alloc(32, 2) };
const ring = { current: () => two, find: (id: number) => [one, two].find((key) => key.id === id) };

describe('an audit key', () => {
  it('is neither the key of the ring nor its fingerprint, and differs from key to key', () => {
    const [first, second] = [auditKeyOf(one), auditKeyOf(two)];
    expect(first.secret).toHaveLength(32);
    expect(first.secret).not.toEqual(one.secret);
    expect(Buffer.from(first.secret).toString('base64url')).not.toContain(fingerprintOf(one));
    expect(second.secret).not.toEqual(first.secret);
    // The same secret under another ID is another key.
    expect(auditKeyOf({ ...one, id: 3 }).secret).not.toEqual(first.secret);
  });

  it('stays the same in every release', () => {
    expect(auditKeyOf(one).name).toBe(`1.${fingerprintOf(one)}`);
    expect(Buffer.from(auditKeyOf(one).secret).toString('hex')).toBe(
      '1eebe663b22166fbf549aedf04fe17effae49c1019a6086085d8c824ded20306',
    );
  });

  it('is found by its name, but not if the ring has another key with that ID', () => {
    const keys = auditKeysOf(ring);
    expect(keys.current()).toEqual(auditKeyOf(two));
    expect(keys.find(auditKeyOf(one).name)).toEqual(auditKeyOf(one));
    for (const name of ['', '1', '1.', `2.${fingerprintOf(one)}`, `01.${fingerprintOf(one)}`, '9.x']) {
      expect([name, keys.find(name)]).toEqual([name, undefined]);
    }
  });
});
