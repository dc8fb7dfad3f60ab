import { hash, timingSafeEqual } from 'node:crypto';

/** SHA-256 as 43 characters of base64url. Client secrets, codes and refresh tokens are stored only as digests. */
export function digest(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** Compares two digests in constant time. Their lengths are not secret. */
export function equalDigests(left: string, right: string): boolean {
  const a = Buffer.from(left, 'latin1');
  const b = Buffer.from(right, 'latin1');
  return a.length === b.length && timingSafeEqual(a, b);
}
