import { describe, expect, it } from 'vitest';
import { systemRandom } from './random.ts';

describe('the randomness of the system', () => {
  it.each([0, 1, 16, 32, 8191, 8192, 8193, 20_000])('gives %i bytes', (count) => {
    expect(systemRandom.bytes(count)).toHaveLength(count);
  });

  it('gives text of letters, digits, - and _', () => {
    expect(systemRandom.text(32)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(systemRandom.text(16)).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });

  it('never gives the same again, also when its pool is filled anew', () => {
    const taken = Array.from({ length: 2000 }, () => systemRandom.text(32));
    expect(new Set(taken).size).toBe(taken.length);
  });

  it('never gives bytes that were wiped', () => {
    for (let turn = 0; turn < 2000; turn += 1) expect(systemRandom.bytes(24).equals(Buffer.alloc(24))).toBe(false);
  });

  it('gives what nobody changes afterwards', () => {
    const bytes = systemRandom.bytes(32);
    const before = bytes.toString('hex');
    for (let turn = 0; turn < 300; turn += 1) systemRandom.bytes(32).fill(0);
    expect(bytes.toString('hex')).toBe(before);
  });
});
