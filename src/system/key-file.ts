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

/** A ring that can't be used, and why; the text is for the operator. */
export class KeyRingError extends Error {
  override readonly name = 'KeyRingError';
}

const secretBytes = 32;

export function newKey(): Buffer {
  return randomBytes(secretBytes);
}

export function keyFile(dataDir: string): string {
  return join(dataDir, 'keys.json');
}

export function changeOf(file: string): string {
  const { mtimeMs, ino, size } = statSync(file);
  return `${mtimeMs} ${ino} ${size}`;
}

/** Of several processes that start at once, one makes the file and the others read it. */
export function ensureKeyFile(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = keyFile(dataDir);
  if (statSync(file, { throwIfNoEntry: false }) !== undefined) return;
  const temporary = writeTemporary(file, [{ id: 0, secret: newKey() }]);
  try {
    linkSync(temporary, file);
    syncNames(dataDir);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    unlinkSync(temporary);
  }
}

export function writeKeyFile(file: string, ring: readonly Key[]): void {
  renameSync(writeTemporary(file, ring), file);
  syncNames(dirname(file));
}

/** Puts the names in a directory on the disk: else a power cut may take back that a file was linked or renamed. */
function syncNames(directory: string): void {
  const handle = openSync(directory, 'r');
  fsyncSync(handle);
  closeSync(handle);
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

export function readKeyFile(file: string): readonly Key[] {
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
