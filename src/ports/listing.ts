/** A part of a long list: the rows after `after`, which is the `next` of the part before. */
export interface CursorPaging {
  readonly limit: number;
  readonly after?: string;
}

export interface CursorPage<Row> {
  readonly rows: readonly Row[];
  /** `null`: that was the last part. */
  readonly next: string | null;
}
