import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** Renders a view as an HTML document. The renderer escapes texts and attributes. */
export function renderDocument(view: VNode): string {
  return `<!doctype html>${renderToString(view)}`;
}
