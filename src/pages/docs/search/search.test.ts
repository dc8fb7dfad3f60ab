import { describe, expect, it } from 'vitest';
import { createSearch, excerptOf } from './search.ts';

const search = createSearch([
  { href: '/a/', title: 'Refresh tokens', heading: '', text: 'They do not expire.' },
  {
    href: '/b/#x',
    title: 'Other',
    heading: 'Paging',
    text: 'Follow next. A refresh of a page is not needed for tokens.',
  },
  { href: '/c/', title: 'invalid_grant', heading: '', text: 'What was presented is not valid.' },
]);
const addresses = (query: string) => search(query).map(({ href }) => href);

describe('search', () => {
  it('finds pages and passages, those with a matching name first', () => {
    expect(addresses('refresh tokens')).toEqual(['/a/', '/b/#x']);
    expect(addresses('paging')).toEqual(['/b/#x']);
  });

  it('finds codes, beginnings of words, and words with a typo', () => {
    expect(addresses('invalid_grant')).toEqual(['/c/']);
    expect(addresses('pres')).toEqual(['/c/']);
    expect(addresses('refrech')).toContain('/a/');
  });

  it('finds passages with some of the words if none has all', () => {
    expect(addresses('paging zzzzzz')).toEqual(['/b/#x']);
  });

  it('finds nothing without words', () => {
    for (const query of ['', '   ', '&&&', 'zzzzzz']) expect(addresses(query)).toEqual([]);
  });

  it('accepts any text of any length', () => {
    for (const query of ['a'.repeat(100_000), '(['.repeat(500), '\ud800', '__proto__', 'constructor']) {
      expect(() => search(query)).not.toThrow();
    }
  });
});

describe('an excerpt', () => {
  it('has the matches in every second part', () => {
    expect(excerptOf('The refresh token is good.', ['refresh'])).toEqual(['The ', 'refresh', ' token is good.']);
  });

  it('is short, around the first match, and cut between words', () => {
    const parts = excerptOf(`${'word '.repeat(100)}token ${'more '.repeat(100)}`, ['token']);
    expect(parts.join('').length).toBeLessThan(230);
    expect(parts[0]).toMatch(/^… word/);
    expect(parts[1]).toBe('token');
    expect(parts.at(-1)).toMatch(/more …$/);
  });

  it('is the beginning of the text if only the name matched', () => {
    expect(excerptOf('Some text.', ['other'])).toEqual(['Some text.']);
  });
});
