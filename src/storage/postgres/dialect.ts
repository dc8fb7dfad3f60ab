import { PostgresAdapter, PostgresQueryCompiler, sql } from 'kysely';
import { type Dialect, queryBuilder } from '../dialect.ts';

export const postgresDialect: Dialect = {
  queries: queryBuilder({
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }),
  // Sorted by bytes, as SQLite does, whatever the language of the database.
  text: sql`text collate "C"`,
  identity: { type: 'bigint', build: (column) => column.primaryKey().generatedAlwaysAsIdentity() },
};
