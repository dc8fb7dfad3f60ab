import { existsSync } from 'node:fs';
import type { Key, Keys } from '../ports/keys.ts';
import {
  changeOf,
  ensureKeyFile,
  KeyRingError,
  keyFile,
  newKey,
  parseRing,
  readKeyFile,
  writeKeyFile,
} from './key-file.ts';

export interface KeyRingOptions {
  readonly dataDir: string;
  /** `id:base64url[,id:base64url…]`, the current key first; `null`: the file in the data directory. */
  readonly secretKeys: string | null;
}

/** Old keys beyond these are dropped: what they protected has expired long ago. */
const maxKeys = 8;
/** How often, in ms, the file is looked at for a rotation. */
const lookEvery = 1000;

/** The ring of this node, of which all keys can be named. */
export interface KeyRing extends Keys {
  /** The current key first. */
  all(): readonly Key[];
}

/** Whether there is a ring in the setting or in the data directory. */
export function keyRingExists({ dataDir, secretKeys }: KeyRingOptions): boolean {
  return secretKeys !== null || existsSync(keyFile(dataDir));
}

/**
 * Opens the ring: from the setting if there is one, else from the file, which is made if it is missing.
 * @throws {KeyRingError}
 */
export function openKeyRing(options: KeyRingOptions): KeyRing {
  if (options.secretKeys !== null) return fixedRing(parseRing(options.secretKeys));
  ensureKeyFile(options.dataDir);
  return fileRing(keyFile(options.dataDir));
}

/** Puts a new current key before the old ones. A running server notices within a second. @throws {KeyRingError} */
export function rotateKeys(dataDir: string): { readonly currentId: number; readonly kept: number } {
  ensureKeyFile(dataDir);
  const file = keyFile(dataDir);
  const old = readKeyFile(file);
  const currentId = ((old[0]?.id ?? -1) + 1) % 256;
  const kept = old.filter((key) => key.id !== currentId).slice(0, maxKeys - 1);
  writeKeyFile(file, [{ id: currentId, secret: newKey() }, ...kept]);
  return { currentId, kept: kept.length };
}

/** Removes an old key from the file. A running server notices within a second. @throws {KeyRingError} */
export function retireKey(dataDir: string, id: number): 'retired' | 'current' | 'unknown' {
  const file = keyFile(dataDir);
  const ring = readKeyFile(file);
  if (first(ring).id === id) return 'current';
  const kept = ring.filter((key) => key.id !== id);
  if (kept.length === ring.length) return 'unknown';
  writeKeyFile(file, kept);
  return 'retired';
}

function fixedRing(ring: readonly Key[]): KeyRing {
  return { all: () => ring, current: () => first(ring), find: (id) => ring.find((key) => key.id === id) };
}

/** Re-reads the file when it changed: at most once a second, or at once for a key it does not know. */
function fileRing(file: string): KeyRing {
  let ring = readKeyFile(file);
  let seen = changeOf(file);
  let lookedAt = performance.now();
  let complaint = '';
  const look = () => {
    lookedAt = performance.now();
    try {
      const change = changeOf(file);
      if (change === seen) return;
      ring = readKeyFile(file);
      seen = change;
      complaint = '';
    } catch (error) {
      // The keys that are known are as good as before; what is wrong with the file is said once.
      const message = error instanceof Error ? error.message : String(error);
      if (message !== complaint) process.emitWarning(`The ring of keys stays as it is. ${message}`);
      complaint = message;
    }
  };
  const lookNowAndThen = () => {
    if (performance.now() - lookedAt >= lookEvery) look();
  };
  return {
    all: () => ring,
    current: () => {
      lookNowAndThen();
      return first(ring);
    },
    find: (id) => {
      lookNowAndThen();
      const known = ring.find((key) => key.id === id);
      if (known !== undefined) return known;
      look();
      return ring.find((key) => key.id === id);
    },
  };
}

function first(ring: readonly Key[]): Key {
  const [key] = ring;
  if (key === undefined) throw new KeyRingError('The ring of keys is empty');
  return key;
}
