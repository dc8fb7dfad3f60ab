import { hash } from 'node:crypto';
import type { Key } from '../../ports/keys.ts';

/** What the two hashes of one key are made of. The pads stay, what follows them is written anew each time. */
interface Inputs {
  readonly inner: Buffer;
  readonly outer: Buffer;
}

const blockBytes = 64;
const macBytes = 32;
const inputsOf = new WeakMap<Key, Inputs>();

/**
 * HMAC-SHA-256 (RFC 2104 2) of ASCII text, as base64url of 43 characters. Every request needs one or two, so it is
 * written with the one-shot hash: preparing a key object for `createHmac` costs several times what the hashes do.
 * Nothing is a new buffer on the way. A test compares it with the library's.
 */
export function hmacSha256(key: Key, message: string): string {
  const { inner, outer } = inputsFor(key, blockBytes + message.length);
  inner.write(message, blockBytes, 'latin1');
  outer.write(hash('sha256', inner, 'binary'), blockBytes, 'latin1');
  return hash('sha256', outer, 'base64url');
}

/** Prepared once: all messages of one key have the same length. */
function inputsFor(key: Key, innerBytes: number): Inputs {
  const known = inputsOf.get(key);
  if (known?.inner.length === innerBytes) return known;
  const secret = key.secret.length > blockBytes ? hash('sha256', key.secret, 'buffer') : key.secret;
  const inputs = { inner: padded(secret, 0x36, innerBytes), outer: padded(secret, 0x5c, blockBytes + macBytes) };
  inputsOf.set(key, inputs);
  return inputs;
}

/** `length` bytes that begin with the secret, filled up to a block, each byte of it changed by `pad`. */
function padded(secret: Buffer, pad: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  secret.copy(bytes);
  for (let index = 0; index < blockBytes; index += 1) bytes.writeUInt8(bytes.readUInt8(index) ^ pad, index);
  return bytes;
}
