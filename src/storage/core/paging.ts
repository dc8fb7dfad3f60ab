import type { CursorPage, OffsetPage } from '../../ports/store/index.ts';
import type { Connection } from './engine.ts';
import type { Query } from './query.ts';

/** The queries of a list, for one combination of filters and order. */
export interface PagedQuery<Args, Row> {
  readonly page: Query<Args & PageArgs, Row>;
  readonly count: Query<Args, { readonly total: number }>;
}

export interface PageArgs {
  readonly limit: number;
  readonly offset: number;
}

/**
 * Reads page `page` (from 1) of at most `limit` rows. A second query counts the total, unless fewer than `limit` rows
 * show that this is the last page.
 */
export async function readPage<Args extends object, Row extends object, T>(
  db: Connection,
  listing: PagedQuery<Args, Row>,
  args: Args & { readonly page: number; readonly limit: number },
  map: (row: Row) => T,
): Promise<OffsetPage<T>> {
  const offset = (args.page - 1) * args.limit;
  const rows = (await db.rows(listing.page, { ...args, offset })).map(map);
  const isLast = rows.length < args.limit && (rows.length > 0 || offset === 0);
  if (isLast) return { count: offset + rows.length, rows };
  const counted = await db.first(listing.count, args);
  return { count: counted?.total ?? 0, rows };
}

/** Memoizes `build` by the JSON of its argument: each combination of filters and order is built and compiled once. */
export function memoizeByShape<Shape, Built>(build: (shape: Shape) => Built): (shape: Shape) => Built {
  const cache = new Map<string, Built>();
  return (shape) => {
    const key = JSON.stringify(shape);
    const built = cache.get(key) ?? build(shape);
    cache.set(key, built);
    return built;
  };
}

/**
 * A page of a list that is paged by a cursor. `rows` holds up to `limit + 1` rows: the last one shows that there is a
 * next page. `keyOf` gives the cursor of a row; the next page begins after it.
 */
export function cursorPageOf<Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => string): CursorPage<Row> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last !== undefined ? keyOf(last) : null };
}
