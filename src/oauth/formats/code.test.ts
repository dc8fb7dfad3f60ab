import { describe, expect, it } from 'vitest';
import { fakeContext, now } from '../../../test/support/oauth-fakes.ts';
import { codeKey, newCode } from './code.ts';
import { digest } from './digest.ts';

describe('an authorization code', () => {
  const { random } = fakeContext().context;

  it('begins with what is random', () => {
    const [one, other] = [newCode(random, now), newCode(random, now)];
    expect(one).toMatch(/^insiders_code_[A-Za-z0-9_-]{48}$/);
    expect(one.slice(0, 30)).not.toBe(other.slice(0, 30));
  });

  it('is stored under its time and its digest', () => {
    const code = newCode(random, now);
    expect(codeKey(code)).toBe(code.slice(-8) + digest(code));
    expect(codeKey(newCode(random, now)).slice(0, 8)).toBe(codeKey(code).slice(0, 8));
    expect(codeKey(newCode(random, now + 1)).slice(0, 8)).not.toBe(codeKey(code).slice(0, 8));
  });

  it('is found under no other time', () => {
    const code = newCode(random, now);
    expect(codeKey(`${code.slice(0, -8)}AAAAAAAA`)).not.toContain(digest(code));
  });

  it.each(['', 'insiders_code_', 'a code of somebody else', `insiders_code_${'A'.repeat(49)}`, '😀'.repeat(40)])(
    'has a key also if it is none: %s',
    (text) => {
      expect(codeKey(text)).toBe(digest(text));
    },
  );
});
