import { hash, timingSafeEqual } from 'node:crypto';

/** SHA-256 as base64url: the only form in which secrets, codes and refresh tokens are stored. 43 characters. */
export function digest(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** Compares two texts in a time that does not depend on where they differ. Their lengths are not secret. */
export function equalDigests(left: string, right: string): boolean {
  const a = Buffer.from(left, 'latin1');
  const b = Buffer.from(right, 'latin1');
  return a.length === b.length && timingSafeEqual(a, b);
}
