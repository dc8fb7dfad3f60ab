import { describe, expect, it } from 'vitest';
import { checkLine, checkText, isShowable } from './text.ts';

describe('a text', () => {
  it('has at least one character and at most its maximum', () => {
    expect(checkText('', 3)).toBe('required');
    expect(checkText('a\nb', 3)).toBeUndefined();
    expect(checkText('abcd', 3)).toBe('too_long');
  });

  it('may have several lines and tabs, unlike a line', () => {
    expect(checkText('a\n\tb', 9)).toBeUndefined();
    expect(checkLine('a\nb', 9)).toBe('unsupported_character');
    expect(checkLine('a\tb', 9)).toBe('unsupported_character');
  });

  it('is measured in code points', () => {
    expect(checkText('🦊'.repeat(3), 3)).toBeUndefined();
    expect(checkLine('🦊'.repeat(3), 3)).toBeUndefined();
    expect(checkLine('🦊'.repeat(4), 3)).toBe('too_long');
  });

  it.each(['a\0b', 'a\u202eb', 'a\u2028b', 'a\ud800b', 'a\u200bb'])(
    'has no control or invisible character: %j',
    (text) => {
      expect(checkText(text, 9)).toBe('unsupported_character');
      expect(checkLine(text, 9)).toBe('unsupported_character');
    },
  );

  it('may contain joiners, unlike the name of an application', () => {
    expect(checkText('a\u200db', 9)).toBeUndefined();
    expect(isShowable('a\u200db')).toBe(false);
    expect(isShowable('Peak AMS')).toBe(true);
  });
});
