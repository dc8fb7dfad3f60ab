import { compareMigrations } from '../migrations/apply.ts';
import { BackupError } from './errors.ts';

/**
 * The names of the migrations of this release that are not among `applied`.
 * @throws {BackupError} the database belongs to a newer release
 */
export function pendingMigrations(applied: readonly { readonly name: string }[]): readonly string[] {
  try {
    return compareMigrations(applied).pending;
  } catch (error) {
    throw new BackupError(`${(error as Error).message}.`);
  }
}
