import { hash } from 'node:crypto';
import type { Key } from '../../ports/keys.ts';

/** The buffers that the two hashes of one key read: the padded key, then space for the message or the inner hash. */
interface Inputs {
  readonly inner: Buffer;
  readonly outer: Buffer;
}

const blockBytes = 64;
const macBytes = 32;
const inputsOf = new WeakMap<Key, Inputs>();

/**
 * HMAC-SHA-256 (RFC 2104 2) of ASCII text, as 43 characters of base64url. Every request computes one or two, so this
 * uses the one-shot hash and reuses its buffers: the set-up of `createHmac` costs several times as much as the hashes.
 * A test compares the results with those of `createHmac`.
 */
export function hmacSha256(key: Key, message: string): string {
  const { inner, outer } = inputsFor(key, blockBytes + message.length);
  inner.write(message, blockBytes, 'latin1');
  outer.write(hash('sha256', inner, 'binary'), blockBytes, 'latin1');
  return hash('sha256', outer, 'base64url');
}

/** Cached for each key and one message length: all access tokens have the same. */
function inputsFor(key: Key, innerBytes: number): Inputs {
  const cached = inputsOf.get(key);
  if (cached?.inner.length === innerBytes) return cached;
  const secret = key.secret.length > blockBytes ? hash('sha256', key.secret, 'buffer') : key.secret;
  const inputs = { inner: padded(secret, 0x36, innerBytes), outer: padded(secret, 0x5c, blockBytes + macBytes) };
  inputsOf.set(key, inputs);
  return inputs;
}

/** A buffer of `length` bytes that starts with the zero-padded secret, one block long, each byte XORed with `pad`. */
function padded(secret: Buffer, pad: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  secret.copy(bytes);
  for (let index = 0; index < blockBytes; index += 1) bytes.writeUInt8(bytes.readUInt8(index) ^ pad, index);
  return bytes;
}
