import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';

/** The text without differences of letter case and Unicode composition (NFC), for `_folded` columns and searches. */
export function foldCase(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** A `like` pattern for {@link contains}. Wildcards within `part` are escaped, so that they match themselves. */
export function patternFor(part: string): string {
  return `%${foldCase(part).replace(/[\\%_]/g, '\\$&')}%`;
}

/** Whether the text of a `_folded` column matches a pattern of {@link patternFor}. */
export function contains(folded: Expression<string>, pattern: Expression<string>): RawBuilder<SqlBool> {
  return sql<SqlBool>`${folded} like ${pattern} escape '\\'`;
}
