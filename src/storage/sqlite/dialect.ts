import { SqliteAdapter, SqliteQueryCompiler, sql } from 'kysely';
import { type Dialect, queryBuilder } from '../dialect.ts';

export const sqliteDialect: Dialect = {
  queries: queryBuilder({
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }),
  text: sql`text`,
  identity: { type: 'integer', build: (column) => column.primaryKey().autoIncrement() },
};
