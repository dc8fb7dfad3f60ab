import MiniSearch from 'minisearch';
import { maxCharacters } from './search-limits.ts';

/** A passage of a page, as the index has it. */
export interface SearchEntry {
  readonly href: string;
  /** The title of the page. */
  readonly title: string;
  /** The heading of the passage; empty: the passage is before the first heading. */
  readonly heading: string;
  readonly text: string;
}

export interface Hit extends SearchEntry {
  /** The words around the first match, in parts: every second part is a match. */
  readonly excerpt: readonly string[];
}

export type Search = (query: string) => readonly Hit[];

const maxWords = 8;
const maxHits = 20;
/** In characters: how much of an excerpt is before its first match, and its maximum length. */
const excerptBefore = 60;
const excerptLength = 200;

/** Creates the index and returns the search. It finds words by their beginning, and long words despite a typo. */
export function createSearch(entries: readonly SearchEntry[]): Search {
  const index = new MiniSearch<SearchEntry & { id: number }>({
    fields: ['name', 'title', 'text'],
    // The name of a passage counts most: its heading, or at the beginning of a page the title.
    extractField: (entry, field) =>
      field === 'name' ? entry.heading || entry.title : String(Reflect.get(entry, field) ?? ''),
    searchOptions: { boost: { name: 5, title: 2 }, prefix: (word) => word.length > 1, fuzzy: fuzziness },
  });
  index.addAll(entries.map((entry, id) => ({ ...entry, id })));
  return (query) => {
    const words = wordsOf(query);
    if (words.length === 0) return [];
    const withAllWords = index.search(words.join(' '), { combineWith: 'AND' });
    const results = withAllWords.length > 0 ? withAllWords : index.search(words.join(' '));
    return results.slice(0, maxHits).flatMap(({ id, terms }) => {
      const entry = entries[id as number];
      return entry === undefined ? [] : [{ ...entry, excerpt: excerptOf(entry.text, terms) }];
    });
  };
}

function wordsOf(query: string): readonly string[] {
  const words = query.slice(0, maxCharacters).split(/[\s\p{P}\p{S}]+/u);
  return words.filter((word) => word !== '').slice(0, maxWords);
}

/** The edit distance that is allowed, as a part of the length of the word; none for short words. */
const fuzziness = (word: string): number | false => (word.length > 4 ? 0.2 : false);

/**
 * Up to 200 characters around the first match, cut between words, in parts: every second part is a match.
 * @param terms words of the index, in lower case
 */
export function excerptOf(text: string, terms: readonly string[]): readonly string[] {
  const words = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const match = words.length === 0 ? null : new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})`, 'iu').exec(text);
  const start = Math.max(0, (match?.index ?? 0) - excerptBefore);
  const from = start === 0 ? 0 : text.indexOf(' ', start) + 1;
  const cut = text.slice(from, from + excerptLength);
  const excerpt =
    from + excerptLength < text.length ? `${cut.slice(0, Math.max(cut.lastIndexOf(' '), excerptBefore))} …` : cut;
  const parts =
    words.length === 0 ? [excerpt] : excerpt.split(new RegExp(`(?<![\\p{L}\\p{N}])(${words.join('|')})`, 'iu'));
  return from > 0 ? [`… ${parts[0] ?? ''}`, ...parts.slice(1)] : parts;
}
