import { type Expression, type RawBuilder, sql } from 'kysely';

/** The later of two times, so that a time is never moved back; `null` is before everything. */
export function greatest(known: Expression<number | null>, time: Expression<number | null>): RawBuilder<number> {
  return sql<number>`case when ${known} >= ${time} then ${known} else ${time} end`;
}
