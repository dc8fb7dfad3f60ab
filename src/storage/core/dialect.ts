import {
  type ColumnDefinitionBuilder,
  type Compilable,
  DummyDriver,
  Kysely,
  type Dialect as KyselyDialect,
  type RawBuilder,
} from 'kysely';
import type { Schema } from '../schema/tables.ts';

/** What differs between the SQL of the databases. */
export interface Dialect {
  /** Builds and compiles queries; it has no connection to run them on. */
  readonly queries: Kysely<Schema>;
  /** The column type of texts, which compare and sort by their bytes. */
  readonly text: RawBuilder<unknown>;
  /** The primary key of a table whose ids the database generates. */
  readonly identity: {
    readonly type: 'integer' | 'bigint';
    readonly build: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
  };
  /** Triggers that refuse every update and delete (on PostgreSQL also truncate) of a table's rows. */
  readonly appendOnly: (table: keyof Schema) => readonly Compilable[];
}

/** A query builder for one kind of database, without any connection. */
export function queryBuilder(parts: Omit<KyselyDialect, 'createDriver' | 'createIntrospector'>): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: {
      ...parts,
      createDriver: () => new DummyDriver(),
      createIntrospector: () => {
        throw new Error('This query builder has no connection');
      },
    },
  });
}
