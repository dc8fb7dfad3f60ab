import type { Page } from '../ports/store/index.ts';
import type { Connection } from './engine.ts';
import type { Query } from './query.ts';

/** One list in one combination of filters and order. */
export interface Listing<Args, Row> {
  /** One page. Each row says how many there are in all. */
  readonly page: Query<Args & PageArgs, Row & { readonly total: number }>;
  readonly count: Query<Args, { readonly total: number }>;
}

export interface PageArgs {
  readonly limit: number;
  readonly offset: number;
}

/** Reads page `page` (from 1) of at most `limit` rows. */
export async function readPage<Args extends object, Row extends object, T>(
  db: Connection,
  listing: Listing<Args, Row>,
  args: Args & { readonly page: number; readonly limit: number },
  map: (row: Row) => T,
): Promise<Page<T>> {
  const rows = await db.rows(listing.page, { ...args, offset: (args.page - 1) * args.limit });
  if (rows[0] !== undefined) return { count: rows[0].total, rows: rows.map(map) };
  // A page after the last one has no row that could tell.
  return { count: (await db.first(listing.count, args))?.total ?? 0, rows: [] };
}

/** Remembers what was built for each combination of filters and order, so that every combination is compiled once. */
export function rememberByShape<Shape, Built>(build: (shape: Shape) => Built): (shape: Shape) => Built {
  const known = new Map<string, Built>();
  return (shape) => {
    const key = JSON.stringify(shape);
    const built = known.get(key) ?? build(shape);
    known.set(key, built);
    return built;
  };
}
