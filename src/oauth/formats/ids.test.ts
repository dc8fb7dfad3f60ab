import { describe, expect, it } from 'vitest';
import { fakeContext, now } from '../../../test/support/oauth-fakes.ts';
import { newId } from './ids.ts';

describe('an id', () => {
  const { random } = fakeContext().context;

  it('has 22 characters that fit into addresses', () => {
    expect(newId(random, now)).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });

  it('begins like those that are made in the same millisecond, and is another one', () => {
    const [one, other] = [newId(random, now), newId(random, now)];
    expect(one.slice(0, 8)).toBe(other.slice(0, 8));
    expect(one).not.toBe(other);
  });

  it('begins otherwise a millisecond later', () => {
    expect(newId(random, now).slice(0, 8)).not.toBe(newId(random, now + 1).slice(0, 8));
  });
});
