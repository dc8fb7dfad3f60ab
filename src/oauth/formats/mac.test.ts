import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hmacSha256 } from './mac.ts';

const expected = (secret: Uint8Array, message: string) =>
  createHmac('sha256', secret).update(message, 'latin1').digest('base64url');
const ascii = fc.string({ unit: 'binary-ascii', maxLength: 300 });

describe('HMAC-SHA-256 (RFC 2104)', () => {
  it('is what the library computes, for any key and message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), ascii, (secret, message) => {
        expect(hmacSha256({ id: 0, secret: Buffer.from(secret) }, message)).toBe(expected(secret, message));
      }),
    );
  });

  it.each([63, 64, 65, 200])('is so for a key of %i bytes, which is hashed if it is longer than a block', (length) => {
    const secret = Buffer.from(Array.from({ length }, (_, index) => index % 256));
    expect(hmacSha256({ id: 0, secret }, 'message')).toBe(expected(secret, 'message'));
  });

  it('is so for message after message under one key, of the same length or not', () => {
    const key = { id: 0, secret: Buffer.alloc(32, 7) };
    fc.assert(
      fc.property(ascii, ascii, (one, other) => {
        for (const message of [one, other, one, one.toUpperCase()]) {
          expect(hmacSha256(key, message)).toBe(expected(key.secret, message));
        }
      }),
    );
  });
});
