import type { AuditValue } from '../../ports/audit.ts';
import type { PageContext } from '../page-context.ts';

/** The label of a field of an audit entry. One of another release has none, and is shown by its name. */
export function fieldLabel({ messages }: PageContext, name: string): string {
  return wordIn(messages.auditFields, name) ?? name;
}

/** A single value of a field. A code that has no words is shown as it is. */
export function valueText({ messages }: PageContext, name: string, value: AuditValue | undefined): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'boolean') return value ? messages.changes.yes : messages.changes.no;
  if (name === 'due_at' && typeof value === 'number' && isTime(value)) return messages.minute(value);
  const words = wordIn(messages.auditValues, name);
  return (words && wordIn(words, String(value))) ?? String(value);
}

/** A damaged entry may have any number for its time. */
function isTime(value: number): boolean {
  return !Number.isNaN(new Date(value).getTime());
}

/** Names come from the log, so only own members are looked up. */
function wordIn<Word>(words: Readonly<Partial<Record<string, Word>>>, name: string): Word | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}
