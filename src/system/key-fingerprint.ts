import { hkdfSync } from 'node:crypto';
import type { Key } from '../ports/keys.ts';

const purpose = 'insiders ring key fingerprint 1';
const bytes = 16;

/**
 * 22 characters that identify a key without its secret: HKDF with an `info` of its own (RFC 5869 3.2), so that they
 * help neither to find the secret nor to forge a token. The id is part of the input, because tokens name their key by
 * its id.
 */
export function fingerprintOf({ id, secret }: Key): string {
  return Buffer.from(hkdfSync('sha256', secret, '', `${purpose}\0${id}`, bytes)).toString('base64url');
}
