import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';

/** What a text is compared and sorted by where letter case makes no difference. */
export function foldCase(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** What {@link contains} looks for, so that each character of `part` means itself. */
export function patternFor(part: string): string {
  return `%${foldCase(part).replace(/[\\%_]/g, '\\$&')}%`;
}

/** Whether a folded text has the part in it. */
export function contains(folded: Expression<string>, pattern: Expression<string>): RawBuilder<SqlBool> {
  return sql<SqlBool>`${folded} like ${pattern} escape '\\'`;
}
