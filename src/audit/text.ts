import type { Actor, AuditRecord } from '../ports/audit.ts';
import type { AuditEntry } from '../ports/store/index.ts';

/** An actor as lists show it and filters take it: `user:12`, `application:…`, `command-line` or `platform`. */
export function actorText(actor: Actor): string {
  return 'id' in actor ? `${actor.kind}:${actor.id}` : actor.kind;
}

/** The inverse of {@link actorText}. @returns `undefined` for any other text */
export function readActor(text: string): Actor | undefined {
  if (text === 'command-line' || text === 'platform') return { kind: text };
  const [, kind, id = ''] = /^(user|application):(.+)$/.exec(text) ?? [];
  if (kind === 'application') return { kind, id };
  return kind === 'user' && /^[1-9]\d{0,14}$/.test(id) ? { kind, id: Number(id) } : undefined;
}

/**
 * Reads a day (its beginning in UTC) or an ISO 8601 time with its offset.
 * @returns milliseconds since 1970; `undefined` for any other text
 */
export function readMoment(text: string): number | undefined {
  const isIso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(text);
  const at = isIso ? Date.parse(text) : Number.NaN;
  // `Date.parse` turns 30 February into 2 March.
  const dayExists = isIso && new Date(`${text.slice(0, 10)}T00:00Z`).toJSON()?.startsWith(text.slice(0, 10)) === true;
  return Number.isNaN(at) || !dayExists ? undefined : at;
}

/** `at` (ms since 1970) in ISO 8601. A damaged entry may have a number that is no time: then that number. */
export function momentText(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
}

/** An entry on one line, for the terminal. */
export function lineOf(entry: AuditEntry): string {
  const { id, at, actor, action, subject, from, detail, before, after } = entry;
  const parts = [
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(detail === undefined ? [] : [JSON.stringify(detail)]),
    ...(before === undefined ? [] : [`before ${JSON.stringify(before)}`]),
    ...(after === undefined ? [] : [`after ${JSON.stringify(after)}`]),
  ];
  return printable([id, momentText(at), actorText(actor), action, subject, ...parts].join('  '));
}

/**
 * Escapes control, format, surrogate and line separator characters: a terminal would execute some of them, others would
 * reorder a line or break it.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** An entry as an object for JSON, with its time in ISO 8601 too. */
export function jsonOf({ id, at, actor, ...rest }: AuditEntry): object {
  const { action, subject, from, detail, before, after, hash, previousHash } = rest;
  const change = { action, subject, from, detail, before, after };
  return { id, at, time: momentText(at), actor: actorText(actor), ...change, previous_hash: previousHash, hash };
}

export const csvHeader = csvLine([
  'id',
  'time',
  'actor',
  'action',
  'subject',
  'from',
  'detail',
  'before',
  'after',
  'previous_hash',
  'hash',
]);

/** An entry as a line of CSV, with the columns of {@link csvHeader}. */
export function csvOf({ id, at, actor, action, subject, from, detail, before, after, hash, previousHash }: AuditEntry) {
  const records = [detail, before, after].map(recordText);
  const head = [String(id), momentText(at), actorText(actor), action, subject, from ?? ''];
  return csvLine([...head, ...records, previousHash, hash]);
}

function recordText(record: AuditRecord | undefined): string {
  return record === undefined ? '' : JSON.stringify(record);
}

/** RFC 4180, section 2: the line ends with CR LF; every field is quoted. */
function csvLine(fields: readonly string[]): string {
  return `${fields.map((field) => `"${escapeFormula(field).replaceAll('"', '""')}"`).join(',')}\r\n`;
}

/**
 * A spreadsheet evaluates a field that begins like a formula, even in quotes; an apostrophe before it makes it text.
 */
function escapeFormula(field: string): string {
  return /^\s*[=+\-@\t\r\n＝＋－＠]/.test(field) ? `'${field}` : field;
}
