import {
  type ColumnDefinitionBuilder,
  type Compilable,
  DummyDriver,
  Kysely,
  type Dialect as KyselyDialect,
  type RawBuilder,
} from 'kysely';
import type { Schema } from '../schema/tables.ts';

/** What differs between the databases when a query is written down. */
export interface Dialect {
  /** Writes queries down, and can't run any. */
  readonly queries: Kysely<Schema>;
  /** Text that is compared and sorted by its bytes. */
  readonly text: RawBuilder<unknown>;
  /** The key of a table whose ids the database gives out. */
  readonly identity: {
    readonly type: 'integer' | 'bigint';
    readonly build: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
  };
  /** What makes the database refuse to change or to remove rows of a table. */
  readonly appendOnly: (table: keyof Schema) => readonly Compilable[];
}

/** A query builder for one kind of database, without any connection. */
export function queryBuilder(parts: Omit<KyselyDialect, 'createDriver' | 'createIntrospector'>): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: {
      ...parts,
      createDriver: () => new DummyDriver(),
      createIntrospector: () => {
        throw new Error('Queries are only written down here');
      },
    },
  });
}
