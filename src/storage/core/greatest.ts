import { type Expression, type RawBuilder, sql } from 'kysely';

/** The later of two times, so that a write never moves a time back. `null` counts as earlier than every time. */
export function greatest(stored: Expression<number | null>, time: Expression<number | null>): RawBuilder<number> {
  return sql<number>`case when ${stored} >= ${time} then ${stored} else ${time} end`;
}
