import { hkdfSync } from 'node:crypto';
import type { Key } from '../ports/keys.ts';

const purpose = 'insiders ring key fingerprint 1';
const bytes = 16;

/**
 * 22 characters by which a key is known without its secret: HKDF under a purpose of its own (RFC 5869 3.2), so that
 * they help neither to find the secret nor to forge what it protects. The id is part of it: a token names the key by
 * its id.
 */
export function fingerprintOf({ id, secret }: Key): string {
  return Buffer.from(hkdfSync('sha256', secret, '', `${purpose}\0${id}`, bytes)).toString('base64url');
}
