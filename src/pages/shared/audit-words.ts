import type { AuditValue } from '../../ports/audit.ts';
import type { PageContext } from '../page-context.ts';

/** The label of a field of an audit entry. A field without a label, from another release, is shown by its name. */
export function fieldLabel({ messages }: PageContext, name: string): string {
  return wordIn(messages.auditFields, name) ?? name;
}

/** The text for a single value of a field. A value without a text is shown as stored. */
export function valueText({ messages }: PageContext, name: string, value: AuditValue | undefined): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'boolean') return value ? messages.changes.yes : messages.changes.no;
  if (name === 'due_at' && typeof value === 'number' && isTime(value)) return messages.minute(value);
  const words = wordIn(messages.auditValues, name);
  return (words && wordIn(words, String(value))) ?? String(value);
}

/** Whether the number is a valid time: a damaged entry can have any number. */
function isTime(value: number): boolean {
  return !Number.isNaN(new Date(value).getTime());
}

/** Looks up own members only: names come from the log, and can be `constructor`. */
function wordIn<Word>(words: Readonly<Partial<Record<string, Word>>>, name: string): Word | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}
