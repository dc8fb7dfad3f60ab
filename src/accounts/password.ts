import { commonPasswords } from './common-passwords.ts';

const minPasswordLength = 8;
const maxPasswordLength = 256;

export type PasswordProblem = 'too_short' | 'too_long' | 'common' | 'same_as_email' | 'unsupported_character';

/**
 * Checks a new password by NIST SP 800-63B 3.1.1.2: a minimum length, no commonly guessed ones, and no rule about the
 * kinds of characters. Returns the problems; empty: the password can be used. Lengths are in code points. A password is
 * compared and hashed exactly as it was sent, as UTF-8: nothing is trimmed, cut or normalised. `email` is the
 * normalised address.
 */
export function checkPassword(password: string, { email }: { readonly email: string }): readonly PasswordProblem[] {
  const problems: PasswordProblem[] = [];
  const characters = countCodePoints(password);
  if (characters < minPasswordLength) problems.push('too_short');
  if (characters > maxPasswordLength) return ['too_long'];
  // Some programs cut a text at NUL, and an unpaired surrogate has no UTF-8 of its own: two passwords would become one.
  if (password.includes('\0') || !password.isWellFormed()) problems.push('unsupported_character');
  const lower = password.toLowerCase();
  if (characters >= minPasswordLength && isGuessable(lower)) problems.push('common');
  if (lower === email || lower === email.slice(0, email.indexOf('@'))) problems.push('same_as_email');
  return problems;
}

function isGuessable(lower: string): boolean {
  return commonPasswords.has(lower) || new Set(lower).size <= 2;
}

function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
