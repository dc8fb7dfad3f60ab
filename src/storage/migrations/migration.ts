import type { ColumnDefinitionBuilder, Compilable } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** One step of the schema. It is never changed once it was released. */
export interface Migration {
  /** Sorts by time: `0001-…`. */
  readonly name: string;
  readonly statements: (dialect: Dialect) => readonly Compilable[];
}

export const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();

export const required = (column: ColumnDefinitionBuilder) => column.notNull();

/** A required column that names a row of another table, `table.column`. */
export const reference = (target: `${string}.${string}`) => (column: ColumnDefinitionBuilder) =>
  column.notNull().references(target);
