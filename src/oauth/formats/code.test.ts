import { describe, expect, it } from 'vitest';
import { fakeContext, now } from '../../../test/support/oauth-fakes.ts';
import { codeKey, newCode } from './code.ts';
import { digest } from './digest.ts';

describe('an authorization code', () => {
  const { random } = fakeContext().context;

  it('starts with its random part', () => {
    const [first, second] = [newCode(random, now), newCode(random, now)];
    expect(first).toMatch(/^insiders_code_[A-Za-z0-9_-]{48}$/);
    expect(first.slice(0, 30)).not.toBe(second.slice(0, 30));
  });

  it('is stored under its time, then its digest', () => {
    const code = newCode(random, now);
    expect(codeKey(code)).toBe(code.slice(-8) + digest(code));
    expect(codeKey(newCode(random, now)).slice(0, 8)).toBe(codeKey(code).slice(0, 8));
    expect(codeKey(newCode(random, now + 1)).slice(0, 8)).not.toBe(codeKey(code).slice(0, 8));
  });

  it('has another key with another time', () => {
    const code = newCode(random, now);
    expect(codeKey(`${code.slice(0, -8)}AAAAAAAA`)).not.toContain(digest(code));
  });

  it.each(['', 'insiders_code_', 'some other code', `insiders_code_${'A'.repeat(49)}`, '😀'.repeat(40)])(
    'has a key even if it is malformed: %s',
    (text) => {
      expect(codeKey(text)).toBe(digest(text));
    },
  );
});
