import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** The whole page as HTML. Texts and attributes are escaped by the renderer; nothing here is raw. */
export function renderDocument(view: VNode): string {
  return `<!doctype html>${renderToString(view)}`;
}
