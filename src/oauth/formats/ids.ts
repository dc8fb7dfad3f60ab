import type { Random } from '../../ports/random.ts';
import { encodeInteger, timeCharacters } from './base64url-integers.ts';

/** Bytes of an ID, which has 22 characters of base64url. */
export const idBytes = 16;
const timeBytes = 6;

/**
 * Creates an ID: 6 bytes of time and 80 random bits. Not a secret. IDs of the same time have the same prefix, so the
 * database stores their rows on the same few pages. `now`: milliseconds since 1970.
 */
export function newId(random: Random, now: number): string {
  return encodeInteger(now, timeCharacters) + random.text(idBytes - timeBytes);
}
