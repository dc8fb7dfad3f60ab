import { hash } from 'node:crypto';
import type { Key } from '../../ports/keys.ts';

interface Pads {
  readonly inner: Buffer;
  readonly outer: Buffer;
}

const blockBytes = 64;
const padsOf = new WeakMap<Key, Pads>();

/**
 * HMAC-SHA-256 (RFC 2104 2), 32 bytes. Written with the one-shot hash, because preparing a key object for `createHmac` costs several times
 * what the two hashes do; a test compares the two.
 */
export function hmacSha256(key: Key, message: Buffer): Buffer {
  const { inner, outer } = padsOf.get(key) ?? preparePads(key);
  return hash('sha256', Buffer.concat([outer, hash('sha256', Buffer.concat([inner, message]), 'buffer')]), 'buffer');
}

function preparePads(key: Key): Pads {
  const secret = key.secret.length > blockBytes ? hash('sha256', key.secret, 'buffer') : key.secret;
  const padded = Buffer.concat([secret, Buffer.alloc(blockBytes - secret.length)]);
  const pads = {
    inner: Buffer.from(padded.map((byte) => byte ^ 0x36)),
    outer: Buffer.from(padded.map((byte) => byte ^ 0x5c)),
  };
  padsOf.set(key, pads);
  return pads;
}
