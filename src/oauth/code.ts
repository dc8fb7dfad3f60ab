import type { Random } from '../ports/random.ts';
import { digest } from './digest.ts';
import { tokenPrefix } from './tokens/names.ts';

/*
 * An authorization code, 36 bytes: random 30 | time 6. They are 48 base64url characters, of which the last 8 are the time, with no bits left over.
 */
const secretBytes = 30;
const timeBytes = 6;
const syntax = /^insiders_code_[A-Za-z0-9_-]{40}([A-Za-z0-9_-]{8})$/;

/** With 240 random bits. `now`: milliseconds since 1970. */
export function newCode(random: Random, now: number): string {
  const bytes = Buffer.alloc(secretBytes + timeBytes);
  random.bytes(secretBytes).copy(bytes);
  bytes.writeUIntBE(now, secretBytes, timeBytes);
  return tokenPrefix.code + bytes.toString('base64url');
}

/**
 * What a code is stored under, and found by: its digest, after its time, so that the codes that wait now lie together in the database.
 * Whatever else is presented has a key too, under which there is nothing.
 */
export function codeKey(code: string): string {
  return (syntax.exec(code)?.[1] ?? '') + digest(code);
}
