/** The part of docs/benchmark.md that a run writes. */
import { readFileSync, writeFileSync } from 'node:fs';

const begin = '<!-- The result of a run begins -->\n';
const end = '<!-- The result of a run ends -->\n';
const file = new URL('../docs/benchmark.md', import.meta.url);

/** Looks for the place at once, so that a long run doesn't end without one. `undefined`: nothing is to be written. */
export function openDocument(wanted: boolean): { write(markdown: string): void } | undefined {
  if (!wanted) return undefined;
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
