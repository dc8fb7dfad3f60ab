import { describe, expect, it } from 'vitest';
import { type DiffPart, diff } from './diff.ts';

const without = (pieces: readonly DiffPart[], kind: DiffPart['kind']) =>
  pieces
    .filter((piece) => piece.kind !== kind)
    .map(({ text }) => text)
    .join('');

describe('the difference of two texts', () => {
  it('is one piece where they are the same', () => {
    expect(diff('https://a.example/', 'https://a.example/')).toEqual([{ kind: 'same', text: 'https://a.example/' }]);
    expect(diff('', '')).toEqual([]);
  });

  it('shows a missing slash', () => {
    expect(diff('http://127.0.0.1:8000/authorized/', 'http://127.0.0.1:8000/authorized')).toEqual([
      { kind: 'same', text: 'http://127.0.0.1:8000/authorized' },
      { kind: 'expected', text: '/' },
    ]);
  });

  it('shows another scheme and another host', () => {
    expect(diff('https://ams.example/', 'http://ams.example/')).toEqual([
      { kind: 'same', text: 'http' },
      { kind: 'expected', text: 's' },
      { kind: 'same', text: '://ams.example/' },
    ]);
  });

  it.each([
    ['abc', 'xyz'],
    ['https://ams.example/callback/?a=1', 'https://www.ams.example/Callback'],
    ['', 'x'],
    ['x', ''],
    ['a'.repeat(2000), `${'b'.repeat(1999)}a`],
  ])('contains both texts completely: %#', (expected, received) => {
    const pieces = diff(expected, received);
    expect(without(pieces, 'received')).toBe(expected);
    expect(without(pieces, 'expected')).toBe(received);
  });
});
