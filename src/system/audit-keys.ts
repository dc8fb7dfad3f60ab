import { hkdfSync } from 'node:crypto';
import type { AuditKey, AuditKeys, Key } from '../ports/keys.ts';
import { fingerprintOf } from './key-fingerprint.ts';
import type { KeyRing } from './key-ring.ts';

const purpose = 'insiders audit key 1';
const bytes = 32;

/** The audit keys of a ring. They change with it: see {@link KeyRing}. */
export function auditKeysOf(ring: Pick<KeyRing, 'current' | 'find'>): AuditKeys {
  const derived = new WeakMap<Key, AuditKey>();
  const derive = (key: Key) => {
    const known = derived.get(key) ?? auditKeyOf(key);
    derived.set(key, known);
    return known;
  };
  return {
    current: () => derive(ring.current()),
    find: (name) => {
      const id = /^(\d{1,3})\./.exec(name)?.[1];
      const key = id === undefined ? undefined : ring.find(Number(id));
      const found = key && derive(key);
      return found?.name === name ? found : undefined;
    },
  };
}

/**
 * Derives a key of its own for the audit log (HKDF with an `info` of its own, RFC 5869 3.2), so that a code in the
 * log helps neither to find the key of the ring nor to forge a token.
 */
export function auditKeyOf(key: Key): AuditKey {
  const secret = Buffer.from(hkdfSync('sha256', key.secret, '', `${purpose}\0${key.id}`, bytes));
  return { name: `${key.id}.${fingerprintOf(key)}`, secret };
}
