import type { Random } from '../../ports/random.ts';
import { encodeInteger, timeCharacters } from './base64url-integers.ts';
import { digest } from './digest.ts';
import { tokenPrefix } from './prefixes.ts';

/* Layout, 48 characters: random 40 | time of issue in milliseconds 8. */
const secretBytes = 30;
const syntax = /^insiders_code_[A-Za-z0-9_-]{40}([A-Za-z0-9_-]{8})$/;

/** Creates an authorization code with 240 random bits. `now`: milliseconds since 1970. */
export function newCode(random: Random, now: number): string {
  return tokenPrefix.code + random.text(secretBytes) + encodeInteger(now, timeCharacters);
}

/**
 * The key that a code is stored under: its time, then its digest, so that codes of the same time lie together in the
 * index. Any other text has a key too, under which nothing is stored.
 */
export function codeKey(code: string): string {
  return (syntax.exec(code)?.[1] ?? '') + digest(code);
}
