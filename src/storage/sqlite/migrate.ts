import type { DatabaseSync } from 'node:sqlite';
import { applyMigrations } from '../migrations/apply.ts';
import { sqliteDialect } from './dialect.ts';

/**
 * Applies the pending migrations in one transaction.
 * @returns the names of the migrations that were applied
 * @throws {Error} the database belongs to a newer release
 */
export async function migrateDatabase(database: DatabaseSync): Promise<readonly string[]> {
  database.exec('begin immediate');
  try {
    const applied = await applyMigrations(sqliteDialect, async ({ sql, parameters }) =>
      database.prepare(sql).all(...(parameters as (string | number)[])),
    );
    database.exec('commit');
    return applied;
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}
