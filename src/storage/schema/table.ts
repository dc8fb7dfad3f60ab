import type { PurgeRule } from './purge-rules.ts';

/*
 * The files beside this one declare the tables of one subject each: their rows and their other properties. Rows are the
 * same in both databases. Times are milliseconds since 1970, booleans are 0 and 1. A column `x_folded` is `foldCase` of
 * the column `x`, so that both databases ignore case in the same way.
 */

/** The properties of a table that are not its columns. */
export interface TableProperties<Row> {
  readonly purge: PurgeRule<keyof Row & string>;
  /** Triggers refuse updates and deletes (`Dialect.appendOnly`). */
  readonly appendOnly?: true;
  /** A migration or a health check writes its row into an otherwise empty database. A restore replaces that row. */
  readonly replacedByRestore?: true;
}

export interface TableDefinition<Row> extends TableProperties<Row> {
  /** Never set: it only carries the type. */
  readonly row?: Row;
}

/** Declares a table whose rows are of the type `Row`. */
export function table<Row>(properties: TableProperties<Row>): TableDefinition<Row> {
  return properties;
}
