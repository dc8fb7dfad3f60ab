import { chmodSync, closeSync, copyFileSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { asStoreError } from '../sqlite/errors.ts';
import { migrateDatabase } from '../sqlite/migrate.ts';
import { BackupError } from './errors.ts';
import { pendingMigrations } from './release.ts';

/** Maximum rows that are copied between a file and PostgreSQL at once. */
export const batchSize = 1000;

/** The size of a backup in bytes, and how many rows of the main tables it holds. */
export interface Contents {
  readonly bytes: number;
  readonly users: number;
  readonly applications: number;
  readonly devices: number;
  readonly auditEntries: number;
}

/**
 * Opens an SQLite file for `work`, and closes it afterwards.
 * @throws {StoreUnavailable} SQLite can't read or write it
 */
export async function withFile<Result>(
  file: string,
  work: (database: DatabaseSync) => Result | Promise<Result>,
): Promise<Result> {
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    return await work(database);
  } catch (error) {
    throw asStoreError(error);
  } finally {
    database.close();
  }
}

/**
 * Checks a database, and applies its pending migrations.
 * @throws {BackupError} it is no database of this program, is damaged, or belongs to a newer release
 */
export async function upgrade(file: string): Promise<void> {
  await withFile(file, async (database) => {
    checkIntegrity(database);
    await migrateDatabase(database);
  });
}

function checkIntegrity(database: DatabaseSync): void {
  let rows: { name: string }[];
  try {
    const check = database.prepare('pragma quick_check').all() as { quick_check: string }[];
    if (check[0]?.quick_check !== 'ok') throw new Error('damaged');
    rows = database.prepare('select name from migrations').all() as { name: string }[];
  } catch {
    throw new BackupError('The file is no backup of this program, or it is damaged.');
  }
  // Throws if the backup is of a newer release; those of an older one are upgraded.
  pendingMigrations(rows);
}

/** Counts the contents of the SQLite database `file`. */
export function contentsOf(file: string): Promise<Contents> {
  return withFile(file, (database) => {
    const count = (table: string) =>
      Number((database.prepare(`select count(*) as rows from ${table}`).get() as { rows: number }).rows);
    return {
      bytes: statSync(file).size,
      users: count('users'),
      applications: count('applications'),
      devices: count('devices'),
      auditEntries: count('audit_events'),
    };
  });
}

/**
 * Creates an empty file that only its owner can read.
 * @throws {BackupError} it exists already, or can't be created
 */
export function createPrivately(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    throw new BackupError(`${file} can't be made: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

/**
 * Copies a file to a new one that only its owner can read.
 * @throws {BackupError} the copy exists already, or one of them can't be read or written
 */
export function copyPrivately(file: string, copy: string): void {
  createPrivately(copy);
  try {
    copyFileSync(file, copy);
    // `copyFileSync` also copies the permissions.
    chmodSync(copy, 0o600);
  } catch (error) {
    throw new BackupError(`${file} can't be copied to ${copy}: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

/** Removes a database that no connection has open, and the journal files that SQLite may have left. */
export function removeDatabase(file: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}

/** Flushes a file, or the entries of a directory, to the disk (fsync). */
export function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
