import { existsSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Key, Keys } from '../ports/keys.ts';
import {
  changeOf,
  ensureKeyFile,
  KeyRingError,
  keyFile,
  newKey,
  parseRing,
  readKeyFile,
  readReplacementTimes,
  writeKeyFile,
} from './key-file.ts';

export interface KeyRingOptions {
  readonly dataDir: string;
  /** `id:base64url[,id:base64url…]`, the current key first; `null`: the file in the data directory. */
  readonly secretKeys: string | null;
}

/** IDs that a key can have: an access token names its key in one byte. */
const keyIds = 256;
/** How often, in ms, the file is checked for a rotation. */
const checkIntervalMs = 1000;

/** The key ring of this node. */
export interface KeyRing extends Keys {
  /** The current key first. */
  all(): readonly Key[];
}

/** Whether there is a key ring in the setting or in the data directory. */
export function keyRingExists({ dataDir, secretKeys }: KeyRingOptions): boolean {
  return secretKeys !== null || existsSync(keyFile(dataDir));
}

/**
 * Opens the key ring: from the setting if there is one, otherwise from the file, which is created if it is missing.
 * @throws {KeyRingError}
 */
export function openKeyRing(options: KeyRingOptions): KeyRing {
  if (options.secretKeys !== null) return fixedRing(parseRing(options.secretKeys));
  ensureKeyFile(options.dataDir);
  return fileRing(keyFile(options.dataDir));
}

/** The time of a rotation, and how long a token under a key that it replaces can stay valid, both in ms. */
export interface Rotation {
  readonly now: number;
  readonly maxTokenMs: number;
}

/**
 * Adds a new current key to the file, and keeps the others to check tokens with. Running servers use it within a
 * second. A key is dropped only once no token under it can be valid: `maxTokenMs` after it was replaced. One that an
 * older release replaced, without the time, counts as replaced now.
 * @throws {KeyRingError} also if every ID belongs to a key that must be kept
 */
export function rotateKeys(dataDir: string, rotation: Rotation): { readonly currentId: number; readonly kept: number } {
  const file = keyFile(dataDir);
  const { old, kept, replacedAt } = planRotation(dataDir, rotation);
  const currentId = freeId(first(old).id, kept);
  writeKeyFile(file, [{ id: currentId, secret: newKey() }, ...kept], replacedAt);
  return { currentId, kept: kept.length };
}

/** The keys that {@link rotateKeys} would drop now. @throws {KeyRingError} */
export function droppedByRotation(dataDir: string, rotation: Rotation): readonly Key[] {
  const { old, kept } = planRotation(dataDir, rotation);
  return old.filter((key) => !kept.includes(key));
}

/** The keys of the file, those of them that a rotation keeps, and when each was replaced, the current one included. */
function planRotation(dataDir: string, { now, maxTokenMs }: Rotation) {
  ensureKeyFile(dataDir);
  const file = keyFile(dataDir);
  const old = readKeyFile(file);
  const known = readReplacementTimes(file);
  // The current key is replaced now, whatever time the file has for it.
  const replacedAt = new Map(old.map(({ id }, index) => [id, index === 0 ? now : (known.get(id) ?? now)]));
  const kept = old.filter(({ id }) => now - (replacedAt.get(id) ?? now) <= maxTokenMs);
  return { old, kept, replacedAt };
}

/** Resolves when every running server on this directory has read the last change of the file. */
export async function untilRingIsRead(dataDir: string): Promise<void> {
  const age = Date.now() - statSync(keyFile(dataDir)).mtimeMs;
  // The clock of the file system is coarser, so wait a little longer.
  if (age < 1.2 * checkIntervalMs) await sleep(1.2 * checkIntervalMs - Math.max(age, 0));
}

/** The next ID after `previous` that no key has. @throws {KeyRingError} there is none */
function freeId(previous: number, keys: readonly Key[]): number {
  const taken = new Set(keys.map(({ id }) => id));
  for (let step = 1; step < keyIds; step += 1) {
    const id = (previous + step) % keyIds;
    if (!taken.has(id)) return id;
  }
  throw new KeyRingError(
    `All ${keyIds} key IDs belong to keys whose access tokens may still be valid, so no key was added. To give up the access tokens of the oldest key, run insiders keys retire ${keys.at(-1)?.id}, and rotate again.`,
  );
}

/**
 * Removes an old key from the file: its tokens become invalid. Running servers stop accepting it within a second.
 * @throws {KeyRingError}
 */
export function retireKey(dataDir: string, id: number): 'retired' | 'current' | 'unknown' {
  const file = keyFile(dataDir);
  const ring = readKeyFile(file);
  if (first(ring).id === id) return 'current';
  const kept = ring.filter((key) => key.id !== id);
  if (kept.length === ring.length) return 'unknown';
  writeKeyFile(file, kept, readReplacementTimes(file));
  return 'retired';
}

function fixedRing(ring: readonly Key[]): KeyRing {
  return { all: () => ring, current: () => first(ring), find: (id) => ring.find((key) => key.id === id) };
}

/**
 * A ring that reads its file again after a change. It checks at most once per second, and at once for an unknown key.
 */
function fileRing(file: string): KeyRing {
  let ring = readKeyFile(file);
  let version = changeOf(file);
  let checkedAt = performance.now();
  let lastWarning = '';
  const check = () => {
    checkedAt = performance.now();
    try {
      const currentVersion = changeOf(file);
      if (currentVersion === version) return;
      ring = readKeyFile(file);
      version = currentVersion;
      lastWarning = '';
    } catch (error) {
      // Go on with the known keys, and warn about each problem of the file once.
      const message = error instanceof Error ? error.message : String(error);
      if (message !== lastWarning) process.emitWarning(`The ring of keys stays as it is. ${message}`);
      lastWarning = message;
    }
  };
  const checkIfDue = () => {
    if (performance.now() - checkedAt >= checkIntervalMs) check();
  };
  return {
    all: () => ring,
    current: () => {
      checkIfDue();
      return first(ring);
    },
    find: (id) => {
      checkIfDue();
      const known = ring.find((key) => key.id === id);
      if (known !== undefined) return known;
      check();
      return ring.find((key) => key.id === id);
    },
  };
}

function first(ring: readonly Key[]): Key {
  const [key] = ring;
  if (key === undefined) throw new KeyRingError('The ring of keys is empty');
  return key;
}
