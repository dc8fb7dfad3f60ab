import { compareMigrations } from '../migrations/apply.ts';
import { BackupError } from './errors.ts';

/** The migrations of this release that a database lacks. @throws {BackupError} it is of a newer release */
export function lacking(applied: readonly { readonly name: string }[]): readonly string[] {
  try {
    return compareMigrations(applied).pending;
  } catch (error) {
    throw new BackupError(`${(error as Error).message}.`);
  }
}
