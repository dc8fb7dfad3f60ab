import type { AuditAnchor } from '../ports/store/index.ts';

/** The name of an anchor's field in a log line and in the last line of an export. */
export const anchorField = 'audit_head';

/** An anchor as text: `ID:HASH`. */
export function anchorText({ id, hash }: AuditAnchor): string {
  return `${id}:${hash}`;
}

/** The inverse of {@link anchorText}. @returns `undefined` for any other text */
export function readAnchor(text: string): AuditAnchor | undefined {
  const [, id, hash] = /^(\d{1,15}):([\w-]{43})$/.exec(text) ?? [];
  return id === undefined || hash === undefined ? undefined : { id: Number(id), hash };
}

/**
 * Reads the anchors of an anchor file (a time and an anchor on each line), of the server's log or of an export (JSON on
 * each line, of which some have the field {@link anchorField}).
 * @returns the number of the first line, from 1, that is neither
 */
export function readAnchors(text: string): { readonly anchors: readonly AuditAnchor[]; readonly wrongLine?: number } {
  const anchors: AuditAnchor[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const found = line.startsWith('{') ? inJson(line) : readAnchor(/^(?:\S+ )?(\S+)$/.exec(line)?.[1] ?? '');
    if (found === undefined) return { anchors, wrongLine: index + 1 };
    if (found !== 'none') anchors.push(found);
  }
  return { anchors };
}

/** The anchor of a JSON line; `none`: it has no such field; `undefined`: it is not JSON, or the field is wrong. */
function inJson(line: string): AuditAnchor | 'none' | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || !(anchorField in value)) return 'none';
    return readAnchor(String(value[anchorField]));
  } catch {
    return undefined;
  }
}
