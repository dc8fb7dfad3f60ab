import { describe, expect, it } from 'vitest';
import { fakeContext, now } from '../../../test/support/oauth-fakes.ts';
import { newId } from './ids.ts';

describe('an id', () => {
  const { random } = fakeContext().context;

  it('has 22 characters of base64url', () => {
    expect(newId(random, now)).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });

  it('has the prefix of its millisecond, and is unique', () => {
    const [first, second] = [newId(random, now), newId(random, now)];
    expect(first.slice(0, 8)).toBe(second.slice(0, 8));
    expect(first).not.toBe(second);
  });

  it('has another prefix a millisecond later', () => {
    expect(newId(random, now).slice(0, 8)).not.toBe(newId(random, now + 1).slice(0, 8));
  });
});
