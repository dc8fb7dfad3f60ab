import MiniSearch from 'minisearch';
import { maxCharacters } from './search-limits.ts';

/** A piece of a page that search can lead to. */
export interface SearchEntry {
  readonly href: string;
  /** Of the page. */
  readonly title: string;
  /** Within the page; empty for its beginning. */
  readonly heading: string;
  readonly text: string;
}

export interface Hit extends SearchEntry {
  /** Some words around the first match, in parts; every other part, from the second on, matched. */
  readonly excerpt: readonly string[];
}

export type Search = (query: string) => readonly Hit[];

const maxWords = 8;
const maxHits = 20;
/** Of an excerpt, in characters. */
const before = 60;
const length = 200;

/** Makes the index, once. Words are found by their beginning, and with a letter wrong. */
export function createSearch(entries: readonly SearchEntry[]): Search {
  const index = new MiniSearch<SearchEntry & { id: number }>({
    fields: ['name', 'title', 'text'],
    // What a passage is called counts most: its heading, or the title of the page whose beginning it is.
    extractField: (entry, field) =>
      field === 'name' ? entry.heading || entry.title : String(Reflect.get(entry, field) ?? ''),
    searchOptions: { boost: { name: 5, title: 2 }, prefix: (word) => word.length > 1, fuzzy: isLong },
  });
  index.addAll(entries.map((entry, id) => ({ ...entry, id })));
  return (query) => {
    const words = wordsOf(query);
    if (words.length === 0) return [];
    const every = index.search(words.join(' '), { combineWith: 'AND' });
    const found = every.length > 0 ? every : index.search(words.join(' '));
    return found.slice(0, maxHits).flatMap(({ id, terms }) => {
      const entry = entries[id as number];
      return entry === undefined ? [] : [{ ...entry, excerpt: excerptOf(entry.text, terms) }];
    });
  };
}

function wordsOf(query: string): readonly string[] {
  const words = query.slice(0, maxCharacters).split(/[\s\p{P}\p{S}]+/u);
  return words.filter((word) => word !== '').slice(0, maxWords);
}

const isLong = (word: string): number | false => (word.length > 4 ? 0.2 : false);

/** `terms` are words of the index, in lower case. */
export function excerptOf(text: string, terms: readonly string[]): readonly string[] {
  const words = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const match = words.length === 0 ? null : new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})`, 'iu').exec(text);
  const start = Math.max(0, (match?.index ?? 0) - before);
  const from = start === 0 ? 0 : text.indexOf(' ', start) + 1;
  const cut = text.slice(from, from + length);
  const whole = from + length < text.length ? `${cut.slice(0, Math.max(cut.lastIndexOf(' '), before))} …` : cut;
  const parts = words.length === 0 ? [whole] : whole.split(new RegExp(`(?<![\\p{L}\\p{N}])(${words.join('|')})`, 'iu'));
  return from > 0 ? [`… ${parts[0] ?? ''}`, ...parts.slice(1)] : parts;
}
