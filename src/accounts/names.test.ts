import { describe, expect, it } from 'vitest';
import { readName } from './names.ts';

describe('the name of a person', () => {
  it.each(['Anna', "O'Neill", 'Nguyễn Thị', '李小龍', 'Anne-Marie 2nd', 'أمل', '<b>'])('may be %s', (name) => {
    expect(readName(name)).toEqual({ name: name.normalize('NFC') });
  });

  it('is stored without outer white space, as NFC', () => {
    expect(readName('  Zoe\u0308 ')).toEqual({ name: 'Zo\u00eb' });
  });

  it('may contain the joiners that some scripts need', () => {
    expect(readName('می\u200cخواهم')).toEqual({ name: 'می\u200cخواهم' });
  });

  it.each(['-', '...', '\u{1f3c3}', '\u200d'])('needs a letter or a digit, unlike %j', (text) => {
    expect(readName(text)).toEqual({ problem: 'unsupported_character' });
  });

  it.each(['', ' ', '\t\n', '\u00a0'])('is required, unlike %j', (text) => {
    expect(readName(text)).toEqual({ problem: 'required' });
  });

  it('has at most 100 code points, however many bytes these take', () => {
    expect(readName('\u{20000}'.repeat(100))).toEqual({ name: '\u{20000}'.repeat(100) });
    expect(readName('a'.repeat(101))).toEqual({ problem: 'too_long' });
  });

  it.each(['An\u0000na', 'An\nna', 'Anna\u202e', '\u2066Anna', 'An\u2028na', 'An\ud800na'])(
    'has no character that hides or reorders text: %j',
    (text) => {
      expect(readName(text)).toEqual({ problem: 'unsupported_character' });
    },
  );
});
