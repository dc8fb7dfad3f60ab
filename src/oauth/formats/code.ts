import type { Random } from '../../ports/random.ts';
import { encodeInteger, timeCharacters } from './base64url-integers.ts';
import { digest } from './digest.ts';
import { tokenPrefix } from './prefixes.ts';

/*
 * Layout, 48 characters: random 40 | time in milliseconds 8.
 */
const secretBytes = 30;
const syntax = /^insiders_code_[A-Za-z0-9_-]{40}([A-Za-z0-9_-]{8})$/;

/** With 240 random bits. `now`: milliseconds since 1970. */
export function newCode(random: Random, now: number): string {
  return tokenPrefix.code + random.text(secretBytes) + encodeInteger(now, timeCharacters);
}

/**
 * The key of a code: its digest after its time, so that the current codes lie together in the database. Any other text
 * that is presented has a key too, under which nothing is stored.
 */
export function codeKey(code: string): string {
  return (syntax.exec(code)?.[1] ?? '') + digest(code);
}
