import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hmacSha256 } from './mac.ts';

const expected = (secret: Uint8Array, message: string) =>
  createHmac('sha256', secret).update(message, 'latin1').digest('base64url');
const ascii = fc.string({ unit: 'binary-ascii', maxLength: 300 });

describe('HMAC-SHA-256 (RFC 2104)', () => {
  it('equals that of createHmac, for any key and message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), ascii, (secret, message) => {
        expect(hmacSha256({ id: 0, secret: Buffer.from(secret) }, message)).toBe(expected(secret, message));
      }),
    );
  });

  it.each([63, 64, 65, 200])(
    'equals it for a key of %i bytes, which is hashed if it is longer than a block',
    (length) => {
      const secret = Buffer.from(Array.from({ length }, (_, index) => index % 256));
      expect(hmacSha256({ id: 0, secret }, 'message')).toBe(expected(secret, 'message'));
    },
  );

  it('equals it for several messages under one key, of the same length or not', () => {
    const key = { id: 0, secret: Buffer.alloc(32, 7) };
    fc.assert(
      fc.property(ascii, ascii, (first, second) => {
        for (const message of [first, second, first, first.toUpperCase()]) {
          expect(hmacSha256(key, message)).toBe(expected(key.secret, message));
        }
      }),
    );
  });
});
