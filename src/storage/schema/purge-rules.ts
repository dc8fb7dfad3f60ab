import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';

/** When the rows of a table are deleted. */
export type PurgeRule<Column extends string> =
  /** Never, for this reason. */
  | { readonly never: string }
  /** The database deletes them with the row of this table that they refer to. */
  | { readonly with: string }
  /** By the purge, as soon as one of the conditions holds for them; `by` is the column that identifies them. */
  | { readonly by: Column; readonly when: readonly Condition[]; readonly keepUntil?: KeepUntil };

/** An SQL condition on the rows of one table; `now` in ms since 1970. An index should support it. */
export type Condition = (now: Expression<number>) => RawBuilder<SqlBool>;

/**
 * For a table with the column `expires_at`: an expression in SQL for the later time until which an expired row must be
 * kept, in ms since 1970; null: it need not be kept. The purge writes that time to `expires_at` instead of deleting the
 * row, so that the index on it leads only to rows that are due.
 */
type KeepUntil = RawBuilder<number | null>;

/** In ms. */
export const day = 86_400_000;

/** For tables with the column `expires_at`. */
export const purgeExpired: Condition = (now) => sql`expires_at <= ${now}`;

/** `days` before `now`. Without the cast, PostgreSQL would infer a 32-bit integer from the number of ms in a day. */
export function daysBefore(now: Expression<number>, days: number): RawBuilder<number> {
  return sql<number>`(cast(${now} as bigint) - ${sql.lit(days * day)})`;
}
