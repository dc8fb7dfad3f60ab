/** A position in a long list: the rows after the cursor `after`, which is the `next` of the page before. */
export interface CursorPaging {
  /** The most rows of a page. */
  readonly limit: number;
  /** Absent: from the beginning. A text that is no cursor gives an empty page. */
  readonly after?: string;
}

export interface CursorPage<Row> {
  readonly rows: readonly Row[];
  /** The cursor of the next page; `null`: this is the last one. */
  readonly next: string | null;
}

export interface OffsetPage<T> {
  /** The number of all matching rows, not only of those on this page. */
  readonly count: number;
  readonly rows: readonly T[];
}

export interface OffsetPaging<Field extends string> {
  /** From 1. */
  readonly page: number;
  /** The most rows of a page. */
  readonly limit: number;
  /** Rows with equal values are in the order of their IDs, in the same direction. */
  readonly orderBy: Field;
  readonly descending: boolean;
}
