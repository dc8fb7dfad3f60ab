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
import { dirname, join } from 'node:path';
import type { Key } from '../ports/keys.ts';

/** The key ring can't be used. The message tells the operator why, and never contains a secret. */
export class KeyRingError extends Error {
  override readonly name = 'KeyRingError';
}

const secretBytes = 32;

/** A new random secret of 32 bytes. */
export function newKey(): Buffer {
  return randomBytes(secretBytes);
}

/** The path of the key ring's file. */
export function keyFile(dataDir: string): string {
  return join(dataDir, 'keys.json');
}

/** A text that differs after each change of the file: its time, inode and size. */
export function changeOf(file: string): string {
  const { mtimeMs, ino, size } = statSync(file);
  return `${mtimeMs} ${ino} ${size}`;
}

/**
 * Creates the file with one new key if it does not exist. `link` is atomic: if several processes start at once, one
 * creates the file, and the others keep that one.
 */
export function ensureKeyFile(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = keyFile(dataDir);
  if (statSync(file, { throwIfNoEntry: false }) !== undefined) return;
  const temporary = writeTemporary(file, [{ id: 0, secret: newKey() }], new Map());
  try {
    linkSync(temporary, file);
    syncDirectory(dataDir);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    unlinkSync(temporary);
  }
}

/** When each key was replaced as the current one, by its ID, in ms since 1970. The current key has no entry. */
export type ReplacementTimes = ReadonlyMap<number, number>;

/** Replaces the file atomically and durably. The first key is the current one. */
export function writeKeyFile(file: string, ring: readonly Key[], replacedAt: ReplacementTimes): void {
  renameSync(writeTemporary(file, ring, replacedAt), file);
  syncDirectory(dirname(file));
}

/** Syncs a directory: without it, a power cut may undo a link or a rename in it. */
function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/** Writes and syncs a temporary file, readable by its owner only, and returns its path. */
function writeTemporary(file: string, ring: readonly Key[], replacedAt: ReplacementTimes): string {
  const temporary = `${file}.${process.pid}.new`;
  const keys = ring.map(({ id, secret }) => ({
    id,
    secret: secret.toString('base64url'),
    replacedAt: replacedAt.get(id),
  }));
  const handle = openSync(temporary, 'w', 0o600);
  writeSync(handle, `${JSON.stringify({ keys }, null, 2)}\n`);
  fsyncSync(handle);
  closeSync(handle);
  chmodSync(temporary, 0o600);
  return temporary;
}

/** Reads the file. @throws {KeyRingError} if others can read it, or if its content is invalid */
export function readKeyFile(file: string): readonly Key[] {
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new KeyRingError(`${file} can be read by others; run: chmod 600 ${file}`);
  }
  try {
    const { keys } = JSON.parse(readFileSync(file, 'utf8')) as { keys: { id: number; secret: string }[] };
    return parseRing(keys.map((key) => `${key.id}:${key.secret}`).join(','));
  } catch (error) {
    // Messages of the JSON parser may quote the file, so only our own are passed on.
    const reason = error instanceof KeyRingError ? error.message : 'It is not the JSON that was written';
    throw new KeyRingError(`${file} can't be used. ${reason}`);
  }
}

/**
 * Reads the times at which the keys of a valid file were replaced. A key that an older release replaced has no entry.
 */
export function readReplacementTimes(file: string): ReplacementTimes {
  const { keys } = JSON.parse(readFileSync(file, 'utf8')) as { keys: { id: number; replacedAt?: unknown }[] };
  return new Map(
    keys.flatMap(({ id, replacedAt }) => (typeof replacedAt === 'number' ? [[id, replacedAt] as const] : [])),
  );
}

/** Parses a ring, `id:base64url[,id:base64url…]`. @throws {KeyRingError} whose message never quotes the text */
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
