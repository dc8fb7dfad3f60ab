/** Writes the result of a run into docs/benchmark.md. */
import { readFileSync, writeFileSync } from 'node:fs';

const begin = '<!-- The result of a run begins -->\n';
const end = '<!-- The result of a run ends -->\n';
const file = new URL('../docs/benchmark.md', import.meta.url);

/**
 * Checks at once that the page has its two comments, so that a long run doesn't fail at its end. `undefined`: not
 * `enabled`, nothing is written.
 */
export function openDocument(enabled: boolean): { write(markdown: string): void } | undefined {
  if (!enabled) return undefined;
  withResult(readFileSync(file, 'utf8'), '');
  return { write: (markdown) => writeFileSync(file, withResult(readFileSync(file, 'utf8'), markdown)) };
}

/** The page with `markdown` between the two comments. @throws {Error} one of them is missing */
export function withResult(page: string, markdown: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from === -1 || to < from) throw new Error(`docs/benchmark.md needs these lines: ${begin}${end}`);
  return `${page.slice(0, from + begin.length)}\n${markdown}\n${page.slice(to)}`;
}
