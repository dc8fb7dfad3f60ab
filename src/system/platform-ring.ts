import type { Key, Keys } from '../ports/keys.ts';
import type { RingKey, RingKeys } from '../ports/store/index.ts';
import { KeyRingError } from './key-file.ts';
import { fingerprintOf } from './key-fingerprint.ts';
import { type KeyRing, type KeyRingOptions, keyRingExists, openKeyRing } from './key-ring.ts';

/** As the database knows it. */
export function ringKeyOf(key: Key): RingKey {
  return { id: key.id, fingerprint: fingerprintOf(key) };
}

/**
 * Opens the ring, and introduces it to the database. It is made only where the database knows none.
 * @throws {KeyRingError} it can't be used, or it lacks the key that nodes protect access tokens with
 */
export async function openPlatformRing(options: KeyRingOptions, known: RingKeys, now: number): Promise<KeyRing> {
  const signing = keyRingExists(options) ? undefined : await known.signing();
  if (signing !== undefined) throw new KeyRingError(lacks(options, signing));
  const ring = openKeyRing(options);
  const introduction = await known.introduce(ring.all().map(ringKeyOf), now);
  if (introduction.outcome === 'foreign') throw new KeyRingError(lacks(options, introduction.signing));
  return ring;
}

/**
 * Why this ring can't serve this database: it lacks the signing key, or can't be used at all. Changes nothing.
 * @returns what is wrong and what to do, in sentences; `undefined`: nothing is
 */
export async function ringProblem(options: KeyRingOptions, known: RingKeys): Promise<string | undefined> {
  const signing = await known.signing();
  if (signing === undefined) return undefined;
  try {
    return keyRingExists(options) && holds(openKeyRing(options), signing) ? undefined : lacks(options, signing);
  } catch (error) {
    if (error instanceof KeyRingError) return error.message;
    throw error;
  }
}

/** Whether the ring has this key. */
export function holds(keys: Keys, { id, fingerprint }: RingKey): boolean {
  const key = keys.find(id);
  return key !== undefined && fingerprintOf(key) === fingerprint;
}

function lacks({ dataDir, secretKeys }: KeyRingOptions, { id }: RingKey): string {
  const where =
    secretKeys === null
      ? `Put the right keys.json back into ${dataDir}, or set INSIDERS_SECRET_KEYS to the ring that the other servers have.`
      : 'Set INSIDERS_SECRET_KEYS to the ring that the other servers have.';
  return [
    `The ring of keys lacks key ${id}, which protects the access tokens of this database.`,
    where,
    'If that key is lost, run insiders keys adopt: all access tokens stop working, and applications get new ones with their refresh tokens.',
  ].join(' ');
}
