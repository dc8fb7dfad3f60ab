import type { ColumnDefinitionBuilder, Compilable, CompiledQuery } from 'kysely';
import type { Dialect } from '../core/dialect.ts';

/** Runs one statement inside the migration's transaction. One process at a time can be in such a transaction. */
export type Run = (statement: CompiledQuery) => Promise<readonly unknown[]>;

/** A change of existing rows that SQL alone can't make on both databases. */
type RowChange = (run: Run) => Promise<void>;

/** One step of the schema. It never changes after its release. */
export interface Migration {
  /** Begins with its position in the order: `0001-…`. */
  readonly name: string;
  readonly statements: (dialect: Dialect) => readonly (Compilable | RowChange)[];
}

export const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();

export const notNull = (column: ColumnDefinitionBuilder) => column.notNull();

/** A required column that names a row of another table, `table.column`. */
export const reference = (target: `${string}.${string}`) => (column: ColumnDefinitionBuilder) =>
  column.notNull().references(target);
