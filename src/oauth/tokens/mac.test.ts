import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hmacSha256 } from './mac.ts';

describe('HMAC-SHA-256 (RFC 2104)', () => {
  it('is what the library computes, for any key and message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 300 }), (secret, message) => {
        const expected = createHmac('sha256', secret).update(message).digest('hex');
        const key = { id: 0, secret: Buffer.from(secret) };
        expect(hmacSha256(key, Buffer.from(message)).toString('hex')).toBe(expected);
      }),
    );
  });

  it('refuses a message that is longer than any of ours', () => {
    const key = { id: 0, secret: Buffer.alloc(32) };
    expect(hmacSha256(key, Buffer.alloc(512))).toHaveLength(32);
    expect(() => hmacSha256(key, Buffer.alloc(513))).toThrow(RangeError);
  });
});
