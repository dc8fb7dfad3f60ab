import type { Actor, AuditRecord } from '../ports/audit.ts';
import type { AuditEntry } from '../ports/store/index.ts';

/** An actor as it is written and typed: `user:12`, `application:…`, `command-line` or `platform`. */
export function actorText(actor: Actor): string {
  return 'id' in actor ? `${actor.kind}:${actor.id}` : actor.kind;
}

/** @returns `undefined`: nobody is written so */
export function readActor(text: string): Actor | undefined {
  if (text === 'command-line' || text === 'platform') return { kind: text };
  const [, kind, id = ''] = /^(user|application):(.+)$/.exec(text) ?? [];
  if (kind === 'application') return { kind, id };
  return kind === 'user' && /^[1-9]\d{0,14}$/.test(id) ? { kind, id: Number(id) } : undefined;
}

/**
 * Milliseconds since 1970 for a day (its beginning in UTC), or for a moment with its offset.
 * @returns `undefined`: it is neither
 */
export function readMoment(text: string): number | undefined {
  const isIso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(text);
  const at = isIso ? Date.parse(text) : Number.NaN;
  // A day that the month doesn't have would quietly become one of the next.
  const isDay = isIso && new Date(`${text.slice(0, 10)}T00:00Z`).toJSON()?.startsWith(text.slice(0, 10)) === true;
  return Number.isNaN(at) || !isDay ? undefined : at;
}

/** A damaged entry may have any number for its time. */
export function momentText(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
}

/** One line for a person. */
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

/** Escapes the characters that a terminal would obey, or that would make a line look like another one. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** An entry for a program. */
export function jsonOf({ id, at, actor, ...rest }: AuditEntry): object {
  const { action, subject, from, detail, before, after, hash, previousHash } = rest;
  const what = { action, subject, from, detail, before, after };
  return { id, at, time: momentText(at), actor: actorText(actor), ...what, previous_hash: previousHash, hash };
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

export function csvOf({ id, at, actor, action, subject, from, detail, before, after, hash, previousHash }: AuditEntry) {
  const records = [detail, before, after].map(recordText);
  const who = [String(id), momentText(at), actorText(actor), action, subject, from ?? ''];
  return csvLine([...who, ...records, previousHash, hash]);
}

function recordText(record: AuditRecord | undefined): string {
  return record === undefined ? '' : JSON.stringify(record);
}

/** RFC 4180, section 2: lines end in CR LF, every field is quoted. */
function csvLine(fields: readonly string[]): string {
  return `${fields.map((field) => `"${asText(field).replaceAll('"', '""')}"`).join(',')}\r\n`;
}

/** A spreadsheet takes what begins like a formula for one, even in quotes; after an apostrophe it is text. */
function asText(field: string): string {
  return /^\s*[=+\-@\t\r\n＝＋－＠]/.test(field) ? `'${field}` : field;
}
