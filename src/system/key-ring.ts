import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Key, Keys } from '../ports/keys.ts';

/** A ring that can't be used, and why; the text is for the operator. */
export class KeyRingError extends Error {
  override readonly name = 'KeyRingError';
}

export interface KeyRingOptions {
  readonly dataDir: string;
  /** `id:base64url[,id:base64url…]`, the current key first; `null`: the file in the data directory. */
  readonly secretKeys: string | null;
}

const secretBytes = 32;
/** Old keys beyond these are dropped: what they protected has expired long ago. */
const mostKeys = 8;
/** How often, in ms, the file is looked at for a rotation. */
const lookEvery = 1000;

/** Opens the ring: from the setting if there is one, else from the file, which is made if it is missing. @throws {KeyRingError} */
export function openKeyRing(options: KeyRingOptions): Keys {
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
  const kept = old.filter((key) => key.id !== currentId).slice(0, mostKeys - 1);
  writeKeyFile(file, [{ id: currentId, secret: randomBytes(secretBytes) }, ...kept]);
  return { currentId, kept: kept.length };
}

function fixedRing(ring: readonly Key[]): Keys {
  return { current: () => first(ring), find: (id) => ring.find((key) => key.id === id) };
}

/** Re-reads the file when it changed: at most once a second, or at once for a key it does not know. */
function fileRing(file: string): Keys {
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

function keyFile(dataDir: string): string {
  return join(dataDir, 'keys.json');
}

function changeOf(file: string): string {
  const { mtimeMs, ino, size } = statSync(file);
  return `${mtimeMs} ${ino} ${size}`;
}

/** Of several processes that start at once, one makes the file and the others read it. */
function ensureKeyFile(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = keyFile(dataDir);
  if (statSync(file, { throwIfNoEntry: false }) !== undefined) return;
  const temporary = writeTemporary(file, [{ id: 0, secret: randomBytes(secretBytes) }]);
  try {
    linkSync(temporary, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    unlinkSync(temporary);
  }
}

function writeKeyFile(file: string, ring: readonly Key[]): void {
  renameSync(writeTemporary(file, ring), file);
}

function writeTemporary(file: string, ring: readonly Key[]): string {
  const temporary = `${file}.${process.pid}.new`;
  const keys = ring.map((key) => ({ id: key.id, secret: key.secret.toString('base64url') }));
  const handle = openSync(temporary, 'w', 0o600);
  writeSync(handle, `${JSON.stringify({ keys }, null, 2)}\n`);
  fsyncSync(handle);
  closeSync(handle);
  chmodSync(temporary, 0o600);
  return temporary;
}

function readKeyFile(file: string): readonly Key[] {
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new KeyRingError(`${file} can be read by others; run: chmod 600 ${file}`);
  }
  try {
    const { keys } = JSON.parse(readFileSync(file, 'utf8')) as { keys: { id: number; secret: string }[] };
    return parseRing(keys.map((key) => `${key.id}:${key.secret}`).join(','));
  } catch (error) {
    // What a parser says may quote the file, so only our own sentences go on.
    const reason = error instanceof KeyRingError ? error.message : 'It is not the JSON that was written';
    throw new KeyRingError(`${file} can't be used. ${reason}`);
  }
}

/** @throws {KeyRingError} which never quotes what it read */
export function parseRing(text: string): readonly Key[] {
  const ring = text.split(',').map(parseKey);
  if (new Set(ring.map((key) => key.id)).size !== ring.length) {
    throw new KeyRingError('Two keys of the ring have the same id');
  }
  return ring;
}

function parseKey(text: string): Key {
  const match = /^\s*([0-9]{1,3}):([A-Za-z0-9_-]+)\s*$/.exec(text);
  const id = Number(match?.[1]);
  const secret = Buffer.from(match?.[2] ?? '', 'base64url');
  if (match === null || id > 255 || secret.length < secretBytes) {
    throw new KeyRingError(
      'A key of the ring is not "id:secret" with an id of 0 to 255 and at least 32 bytes as base64url',
    );
  }
  return { id, secret };
}
