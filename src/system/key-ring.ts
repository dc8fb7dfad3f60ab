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
  writeKeyFile,
} from './key-file.ts';

export interface KeyRingOptions {
  readonly dataDir: string;
  /** `id:base64url[,id:base64url…]`, the current key first; `null`: the file in the data directory. */
  readonly secretKeys: string | null;
}

/** Keys of the ring at most. A rotation drops the oldest ones beyond: tokens under them have usually expired. */
const maxKeys = 8;
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

/**
 * Adds a new current key to the file, and keeps the others to check tokens with. Running servers use it within a
 * second.
 * @throws {KeyRingError}
 */
export function rotateKeys(dataDir: string): { readonly currentId: number; readonly kept: number } {
  ensureKeyFile(dataDir);
  const file = keyFile(dataDir);
  const old = readKeyFile(file);
  const currentId = nextId(old);
  const dropped = droppedByRotation(old);
  const kept = old.filter((key) => !dropped.includes(key));
  writeKeyFile(file, [{ id: currentId, secret: newKey() }, ...kept]);
  return { currentId, kept: kept.length };
}

/** The keys that {@link rotateKeys} would drop, because the ring would get too long. */
export function droppedByRotation(ring: readonly Key[]): readonly Key[] {
  const currentId = nextId(ring);
  const kept = ring.filter((key) => key.id !== currentId).slice(0, maxKeys - 1);
  return ring.filter((key) => !kept.includes(key));
}

function nextId(ring: readonly Key[]): number {
  return ((ring[0]?.id ?? -1) + 1) % 256;
}

/** Resolves when every running server on this directory has read the last change of the file. */
export async function untilRingIsRead(dataDir: string): Promise<void> {
  const age = Date.now() - statSync(keyFile(dataDir)).mtimeMs;
  // The clock of the file system is coarser, so wait a little longer.
  if (age < 1.2 * checkIntervalMs) await sleep(1.2 * checkIntervalMs - Math.max(age, 0));
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
  writeKeyFile(file, kept);
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
