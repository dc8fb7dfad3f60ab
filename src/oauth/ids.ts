import type { Random } from '../ports/random.ts';
import { timeDigits, toDigits } from './digits.ts';

/** Bytes of an id. As base64url it has 22 characters. */
export const idBytes = 16;
const timeBytes = 6;

/**
 * Names something new for ever: 6 bytes of time, and 80 random bits. No secret. What is made together has ids that begin alike, so the database keeps
 * it together, and what is in use now is on few of its pages. `now`: milliseconds since 1970.
 */
export function newId(random: Random, now: number): string {
  return toDigits(now, timeDigits) + random.text(idBytes - timeBytes);
}
