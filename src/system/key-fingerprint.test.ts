import { describe, expect, it } from 'vitest';
import { fingerprintOf } from './key-fingerprint.ts';

const secret = Buffer.alloc(32, 7);

describe('the fingerprint of a key', () => {
  it('is 22 characters, and never changes, because databases store it', () => {
    expect(fingerprintOf({ id: 3, secret })).toBe('PMlFg-Puedl58PZ-mV4agQ');
  });

  it('differs for another secret, and for the same secret under another id', () => {
    const other = Buffer.alloc(32, 8);
    const all = [
      fingerprintOf({ id: 3, secret }),
      fingerprintOf({ id: 4, secret }),
      fingerprintOf({ id: 3, secret: other }),
    ];
    expect(new Set(all).size).toBe(3);
  });
});
