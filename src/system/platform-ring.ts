import type { ChangeRecord } from '../ports/change-record.ts';
import type { AuditKey, AuditKeys, Key, Keys } from '../ports/keys.ts';
import type { RingKey, RingKeys } from '../ports/store/index.ts';
import { auditKeyOf, auditKeysOf } from './audit-keys.ts';
import { KeyRingError } from './key-file.ts';
import { fingerprintOf } from './key-fingerprint.ts';
import { type KeyRing, type KeyRingOptions, keyRingExists, openKeyRing } from './key-ring.ts';

/** The id and the fingerprint of a key, as the database stores them. */
export function ringKeyOf(key: Key): RingKey {
  return { id: key.id, fingerprint: fingerprintOf(key) };
}

/**
 * Opens the key ring and introduces it to the database, which records its current key. A new ring is created only if
 * the database knows no key. `now`: ms since 1970.
 * @throws {KeyRingError} the ring can't be used, or it lacks the platform's signing key
 */
export async function openPlatformRing(options: KeyRingOptions, known: RingKeys, now: number): Promise<KeyRing> {
  const signing = keyRingExists(options) ? undefined : await known.signing();
  if (signing !== undefined) throw new KeyRingError(missingKeyMessage(options, signing));
  const ring = openKeyRing(options);
  const introduction = await known.register(ring.all().map(ringKeyOf), now);
  if (introduction.outcome === 'foreign') throw new KeyRingError(missingKeyMessage(options, introduction.signing));
  return ring;
}

/**
 * Records a change of the ring, which is in effect already, with its audit entry.
 * @throws {KeyRingError} meanwhile another ring has become the one of this database
 */
export async function recordRingChange(options: KeyRingOptions, known: RingKeys, record: ChangeRecord): Promise<void> {
  const outcome = await known.recordChange(openKeyRing(options).all().map(ringKeyOf), record);
  if (outcome.outcome === 'foreign') throw new KeyRingError(missingKeyMessage(options, outcome.signing));
}

/**
 * Checks whether this key ring can be used with this database: it must be valid and have the signing key. Changes
 * nothing.
 * @returns the problem and its fix, in sentences; `undefined`: there is no problem
 */
export async function ringProblem(options: KeyRingOptions, known: RingKeys): Promise<string | undefined> {
  const signing = await known.signing();
  if (signing === undefined) return undefined;
  try {
    return keyRingExists(options) && holds(openKeyRing(options), signing)
      ? undefined
      : missingKeyMessage(options, signing);
  } catch (error) {
    if (error instanceof KeyRingError) return error.message;
    throw error;
  }
}

/**
 * The audit keys of a command, which creates no ring. It gives its entries no key as long as the database knows none:
 * the first server can have another ring.
 * @returns `undefined`: there is no ring, and the database knows none
 */
export async function commandAuditKeys(options: KeyRingOptions, known: RingKeys): Promise<AuditKeys | undefined> {
  const problem = await ringProblem(options, known);
  if (problem !== undefined) return { current: () => refuse(problem), find: () => undefined };
  if (!keyRingExists(options)) return undefined;
  const keys = auditKeysOf(openKeyRing(options));
  return (await known.signing()) === undefined ? { ...keys, current: () => undefined } : keys;
}

/** The audit key of a ring that has this signing key; `undefined`: there is no such ring. Creates none. */
export function auditKeyWith(options: KeyRingOptions, signing: RingKey): AuditKey | undefined {
  if (!keyRingExists(options)) return undefined;
  const ring = openKeyRing(options);
  return holds(ring, signing) ? auditKeyOf(ring.current()) : undefined;
}

function refuse(problem: string): never {
  throw new KeyRingError(problem);
}

/** Whether the ring has this key: the same id and the same secret. */
export function holds(keys: Keys, { id, fingerprint }: RingKey): boolean {
  const key = keys.find(id);
  return key !== undefined && fingerprintOf(key) === fingerprint;
}

function missingKeyMessage({ dataDir, secretKeys }: KeyRingOptions, { id }: RingKey): string {
  const where =
    secretKeys === null
      ? `Put the right keys.json back into ${dataDir}, or set INSIDERS_SECRET_KEYS to the ring that the other servers have.`
      : 'Set INSIDERS_SECRET_KEYS to the ring that the other servers have.';
  return [
    `The ring of keys lacks key ${id}, which protects the access tokens and the audit log of this database.`,
    where,
    'If that key is lost, run insiders keys adopt: all access tokens stop working, and applications get new ones with their refresh tokens.',
  ].join(' ');
}
