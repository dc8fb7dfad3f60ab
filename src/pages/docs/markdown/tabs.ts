import type { Token, Tokens } from 'marked';
import { type CodeWords, codeFigure, type Fence, readFence } from './code-block.ts';
import { escapeHtml } from './highlight.ts';

/** One token, or adjacent code blocks that are tabs. */
export type TabGroup =
  | { readonly kind: 'token'; readonly token: Token }
  | { readonly kind: 'tabs'; readonly fences: readonly Fence[] };

/** Groups adjacent code blocks that are tabs. */
export function groupTabs(tokens: readonly Token[]): readonly TabGroup[] {
  const groups: TabGroup[] = [];
  let open: Fence[] | undefined;
  for (const token of tokens) {
    const fence = token.type === 'code' ? readFence(token as Tokens.Code) : undefined;
    if (fence !== undefined && fence.tab !== null) {
      if (open === undefined) {
        open = [];
        groups.push({ kind: 'tabs', fences: open });
      }
      open.push(fence);
    } else if (token.type !== 'space') {
      open = undefined;
      groups.push({ kind: 'token', token });
    }
  }
  return groups;
}

/** Code blocks one below the other, each with its name as a heading. `assets/app.js` turns them into tabs. */
export function tabsHtml(
  fences: readonly Fence[],
  { words, level }: { readonly words: CodeWords; readonly level: number },
): string {
  const panels = fences.map((fence) => {
    const name = escapeHtml(fence.tab ?? '');
    return `<div class="tab" data-tab="${name}"><h${level} class="tab-name">${name}</h${level}>${codeFigure(fence, words)}</div>`;
  });
  return `<div class="tabs" data-tabs>${panels.join('')}</div>`;
}
