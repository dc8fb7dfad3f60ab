import { PostgresAdapter, PostgresQueryCompiler, sql } from 'kysely';
import { type Dialect, queryBuilder } from '../core/dialect.ts';

const queries = queryBuilder({
  createAdapter: () => new PostgresAdapter(),
  createQueryCompiler: () => new PostgresQueryCompiler(),
});

export const postgresDialect: Dialect = {
  queries,
  // Compares by bytes, as SQLite does, whatever the collation of the database.
  text: sql`text collate "C"`,
  identity: { type: 'bigint', build: (column) => column.primaryKey().generatedAlwaysAsIdentity() },
  appendOnly: (table) => {
    const refuse = sql.id(`${table}_refuse`);
    const message = sql.lit(`${table} is append-only`);
    const raise = sql`raise exception using message = ${message}, errcode = 'integrity_constraint_violation';`;
    const body = sql`create function ${refuse}() returns trigger language plpgsql as $$ begin ${raise} end $$`;
    // Statement triggers, because `truncate` has no row triggers. They refuse even a statement that matches no row.
    const events = sql`before update or delete or truncate on ${sql.table(table)}`;
    const trigger = sql`create trigger ${sql.id(`${table}_kept`)} ${events} execute function ${refuse}()`;
    return [body, trigger].map((statement) => ({ compile: () => statement.compile(queries) }));
  },
};
