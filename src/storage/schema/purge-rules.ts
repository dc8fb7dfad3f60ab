import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';

/** What becomes of rows that no longer matter. */
export type PurgeRule<Column extends string> =
  /** They stay, for this reason. */
  | { readonly never: string }
  /** The database deletes them with the row of this table that they refer to. */
  | { readonly with: string }
  /** They are deleted as soon as one of the conditions holds, by the values that this column has in them. */
  | { readonly by: Column; readonly when: readonly Condition[] };

/** SQL on the rows of one table, at a time in ms. An index leads to the rows for which it holds. */
export type Condition = (now: Expression<number>) => RawBuilder<SqlBool>;

export const day = 86_400_000;

/** For tables with a time of expiry. */
export const purgeExpired: Condition = (now) => sql`expires_at <= ${now}`;

/** So many days before a time. The databases guess the type of a bare parameter by what it is subtracted from. */
export function daysBefore(now: Expression<number>, days: number): RawBuilder<number> {
  return sql<number>`(cast(${now} as bigint) - ${sql.lit(days * day)})`;
}
