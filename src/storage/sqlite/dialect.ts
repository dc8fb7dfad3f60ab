import { SqliteAdapter, SqliteQueryCompiler, sql } from 'kysely';
import { type Dialect, queryBuilder } from '../core/dialect.ts';

const queries = queryBuilder({
  createAdapter: () => new SqliteAdapter(),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});

export const sqliteDialect: Dialect = {
  queries,
  text: sql`text`,
  identity: { type: 'integer', build: (column) => column.primaryKey().autoIncrement() },
  appendOnly: (table) =>
    (['update', 'delete'] as const).map((event) => {
      const trigger = sql.id(`${table}_no_${event}`);
      const refuse = sql`select raise(abort, ${sql.lit(`${table} is append-only`)});`;
      const statement = sql`create trigger ${trigger} before ${sql.raw(event)} on ${sql.table(table)} begin ${refuse} end`;
      return { compile: () => statement.compile(queries) };
    }),
};
