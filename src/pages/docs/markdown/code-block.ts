import type { Tokens } from 'marked';
import { type CodeLanguage, escapeHtml, highlight, isCodeLanguage, labelOf } from './highlight.ts';

/** A fenced code block: its info string, parsed, and its text. */
export interface Fence {
  readonly language: CodeLanguage;
  /** The name of its tab; `null`: it is not a tab. */
  readonly tab: string | null;
  /** The address from which it can be downloaded as a file. */
  readonly file: string | null;
  readonly text: string;
}

/** The words on the buttons of a code block. */
export interface CodeWords {
  readonly copy: string;
  readonly copied: string;
  readonly download: string;
}

/**
 * Parses an info string such as `bash tab=curl file=/docs/…`; the name of the tab is percent-encoded.
 * @throws {Error} if the language is missing or unknown
 */
export function readFence({ lang = '', text }: Tokens.Code): Fence {
  const [language = '', ...words] = lang.split(' ');
  if (!isCodeLanguage(language)) throw new Error(`A code block has no language that is known: ${lang || text}`);
  const option = (name: string) => words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
  const tab = option('tab');
  return { language, tab: tab && decodeURIComponent(tab), file: option('file'), text };
}

/** The same HTML as the component `CodeBlock`, with highlighted code. `assets/app.js` shows the copy button. */
export function codeFigure({ language, text, file }: Fence, words: CodeWords): string {
  const download =
    file === null
      ? ''
      : ` <a href="${escapeHtml(file)}" download>${escapeHtml(words.download)} ${escapeHtml(fileNameOf(file))}</a>`;
  return [
    `<figure class="code"><figcaption>${escapeHtml(labelOf(language))}${download}</figcaption>`,
    `<pre tabindex="0"><code>${highlight(text, language)}</code></pre>`,
    `<button type="button" class="button button-small" data-copy data-copied="${escapeHtml(words.copied)}" hidden>`,
    `${escapeHtml(words.copy)}</button></figure>`,
  ].join('');
}

function fileNameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
