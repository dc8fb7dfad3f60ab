import { describe, expect, it } from 'vitest';
import { systemRandom } from './random.ts';

describe('the randomness of the system', () => {
  it.each([0, 1, 16, 32, 8191, 8192, 8193, 20_000])('returns %i bytes', (count) => {
    expect(systemRandom.bytes(count)).toHaveLength(count);
  });

  it('returns text of letters, digits, - and _', () => {
    expect(systemRandom.text(32)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(systemRandom.text(16)).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });

  it('never returns the same twice, even if its pool is refilled', () => {
    const taken = Array.from({ length: 2000 }, () => systemRandom.text(32));
    expect(new Set(taken).size).toBe(taken.length);
  });

  it('never returns wiped bytes', () => {
    for (let turn = 0; turn < 2000; turn += 1) expect(systemRandom.bytes(24).equals(Buffer.alloc(24))).toBe(false);
  });

  it('returns bytes that do not change afterwards', () => {
    const bytes = systemRandom.bytes(32);
    const before = bytes.toString('hex');
    for (let turn = 0; turn < 300; turn += 1) systemRandom.bytes(32).fill(0);
    expect(bytes.toString('hex')).toBe(before);
  });
});
