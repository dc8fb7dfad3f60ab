import type { Dialect } from '../core/dialect.ts';
import { migrations } from './index.ts';
import type { Run } from './migration.ts';

/**
 * Applies the pending migrations with `run`, whose transaction makes it all or nothing.
 * @returns the names of the migrations that were applied
 * @throws {Error} the database belongs to a newer release
 */
export async function applyMigrations(dialect: Dialect, run: Run): Promise<readonly string[]> {
  const { queries, text } = dialect;
  await run(
    queries.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('name', text, (column) => column.notNull().primaryKey())
      .addColumn('applied_at', 'bigint', (column) => column.notNull())
      .compile(),
  );
  const applied = await run(queries.selectFrom('migrations').select('name').orderBy('name').compile());
  const { pending } = compareMigrations(applied as readonly { name: string }[]);
  for (const migration of migrations.filter(({ name }) => pending.includes(name))) {
    for (const step of migration.statements(dialect)) {
      if (typeof step === 'function') await step(run);
      else await run(step.compile());
    }
    await run(queries.insertInto('migrations').values({ name: migration.name, applied_at: Date.now() }).compile());
  }
  return pending;
}

/**
 * Compares the applied migrations with those of this release.
 * @throws {Error} some are unknown: the database belongs to a newer release
 */
export function compareMigrations(rows: readonly { readonly name: string }[]): {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
} {
  const applied = rows.map(({ name }) => name);
  const known = migrations.map(({ name }) => name);
  const newer = applied.filter((name) => !known.includes(name));
  if (newer.length > 0) throw new Error(`The database was made by a newer release, it has ${newer.join(', ')}`);
  return { applied, pending: known.filter((name) => !applied.includes(name)) };
}
