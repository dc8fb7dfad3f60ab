import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeInteger, encodeInteger } from './base64url-integers.ts';

/** The integer as base64url of six bytes. */
function asBytes(value: number): string {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(value, 0, 6);
  return bytes.toString('base64url');
}

describe('an integer in a token', () => {
  const numbers = fc.integer({ min: 0, max: 2 ** 48 - 1 });

  it('is encoded as base64url of its bytes', () => {
    fc.assert(
      fc.property(numbers, (value) => {
        expect(encodeInteger(value, 8)).toBe(asBytes(value));
      }),
    );
  });

  it('is decoded to the same integer', () => {
    fc.assert(
      fc.property(numbers, (value) => {
        expect(decodeInteger(encodeInteger(value, 8))).toBe(value);
      }),
    );
  });

  it.each([
    [0, 2, 'AA'],
    [255, 2, 'D_'],
    [4095, 2, '__'],
    [2 ** 48 - 1, 8, '________'],
  ])('%i in %i characters is %s', (value, width, text) => {
    expect(encodeInteger(value, width)).toBe(text);
    expect(decodeInteger(text)).toBe(value);
  });
});
