import { Marked, type Token, type Tokens } from 'marked';
import { type CodeWords, codeFigure, readFence } from './code-block.ts';
import { escapeHtml } from './highlight.ts';
import { slugs } from './slugs.ts';
import { groupTabs, tabsHtml } from './tabs.ts';

/** A heading of a page; `id` is its anchor. */
export interface Heading {
  readonly id: string;
  readonly text: string;
  readonly level: number;
}

/** The text below one heading without markup, for the search. `heading` is `null` before the first heading. */
interface Passage {
  readonly heading: Heading | null;
  readonly text: string;
}

/** A page as HTML, with its headings and its text. */
export interface Rendered {
  readonly html: string;
  readonly headings: readonly Heading[];
  readonly passages: readonly Passage[];
}

/**
 * Renders the body of one page. Text is escaped. Raw HTML, images, headings of level 1 and links that are neither
 * within the site nor https are rejected.
 * @throws {Error} naming what is rejected
 */
export function renderMarkdown(markdown: string, words: CodeWords): Rendered {
  const slug = slugs();
  const headings: Heading[] = [];
  const passages: { heading: Heading | null; texts: string[] }[] = [{ heading: null, texts: [] }];
  const parts = groupTabs(marked.lexer(markdown)).map((group) => {
    if (group.kind === 'tabs') return tabsHtml(group.fences, { words, level: (headings.at(-1)?.level ?? 1) + 1 });
    const { token } = group;
    if (token.type === 'heading') {
      const heading = headingOf(token as Tokens.Heading, slug);
      headings.push(heading);
      passages.push({ heading, texts: [] });
      return headingHtml(token as Tokens.Heading, heading);
    }
    passages.at(-1)?.texts.push(plainText(token));
    if (token.type === 'table') return tableHtml(token as Tokens.Table, headings.at(-1));
    return token.type === 'code' ? codeFigure(readFence(token as Tokens.Code), words) : marked.parser([token]);
  });
  const searchable = passages.map(({ heading, texts }) => ({
    heading,
    text: texts.join(' ').replace(/\s+/g, ' ').trim(),
  }));
  return { html: parts.join('\n'), headings, passages: searchable };
}

function headingOf(token: Tokens.Heading, slug: (text: string) => string): Heading {
  const text = plainText(token).trim();
  if (token.depth === 1) throw new Error(`The first heading of a page is its title; this is a second one: ${text}`);
  return { id: slug(text), text, level: token.depth };
}

function headingHtml(token: Tokens.Heading, { id, level }: Heading): string {
  return `<h${level} id="${id}"><a class="anchor" href="#${id}">${inline(token.tokens)}</a></h${level}>`;
}

/** A table in a region that scrolls and that the keyboard can reach. Heading and columns name it, so names differ. */
function tableHtml({ header, rows }: Tokens.Table, heading: Heading | undefined): string {
  const cells = (tag: string, row: readonly Tokens.TableCell[]) =>
    `<tr>${row.map(({ tokens }) => `<${tag}>${inline(tokens)}</${tag.slice(0, 2)}>`).join('')}</tr>`;
  const columns = header.map(({ tokens }) => tokens.map(plainText).join('')).join(', ');
  const label = escapeHtml(heading === undefined ? columns : `${heading.text}: ${columns}`);
  const body = rows.map((row) => cells('td', row)).join('');
  return `<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table><thead>${cells('th scope="col"', header)}</thead><tbody>${body}</tbody></table></div>`;
}

function inline(tokens: Token[]): string {
  return marked.Parser.parseInline(tokens, marked.defaults);
}

const marked = new Marked<string, string>({
  renderer: {
    html: ({ text }) => reject(`raw HTML: ${text.trim()}`),
    image: ({ href }) => reject(`a picture: ${href}`),
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      if (/^(\/(?!\/)|#)/.test(href)) return `<a href="${escapeHtml(href)}">${text}</a>`;
      if (!href.startsWith('https://')) return reject(`a link to ${href}`);
      return `<a href="${escapeHtml(href)}" rel="noreferrer">${text}</a>`;
    },
    table: () => reject('a table inside something else'),
    code: () => reject('a code block inside something else'),
  },
});

function reject(what: string): never {
  throw new Error(`A page must not have ${what}`);
}

/** The visible text of a token. */
function plainText(token: Token): string {
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [header, ...rows].flatMap((row) => row.map((cell) => cell.tokens.map(plainText).join(''))).join(' ');
  }
  const items = 'items' in token ? (token as Tokens.List).items : undefined;
  const inside: readonly Token[] | undefined = items ?? ('tokens' in token ? token.tokens : undefined);
  if (inside !== undefined) return inside.map(plainText).join(items ? ' ' : '');
  return 'text' in token && typeof token.text === 'string' ? unescapeHtml(token.text) : ' ';
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
