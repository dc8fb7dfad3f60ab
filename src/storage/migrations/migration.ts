import type { ColumnDefinitionBuilder, Compilable, CompiledQuery } from 'kysely';
import type { Dialect } from '../core/dialect.ts';

/**
 * Runs one statement inside the migration's transaction; which is one that no other process can be in at the same time.
 */
export type Run = (statement: CompiledQuery) => Promise<readonly unknown[]>;

/** Work on the rows that are there already, for what SQL alone can't do on both databases. */
type Work = (run: Run) => Promise<void>;

/** One step of the schema. It is never changed once it was released. */
export interface Migration {
  /** Sorts by time: `0001-…`. */
  readonly name: string;
  readonly statements: (dialect: Dialect) => readonly (Compilable | Work)[];
}

export const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();

export const notNull = (column: ColumnDefinitionBuilder) => column.notNull();

/** A required column that names a row of another table, `table.column`. */
export const reference = (target: `${string}.${string}`) => (column: ColumnDefinitionBuilder) =>
  column.notNull().references(target);
