import { chmodSync, closeSync, copyFileSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { asStoreError } from '../sqlite/errors.ts';
import { migrateDatabase } from '../sqlite/migrate.ts';
import { BackupError } from './errors.ts';
import { lacking } from './release.ts';

/** What is in a backup, in numbers. */
export interface Contents {
  readonly bytes: number;
  readonly users: number;
  readonly applications: number;
  readonly devices: number;
  readonly auditEntries: number;
}

/** Opens an SQLite file for `work`, and closes it. */
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
 * Makes or upgrades what is missing in the file. @throws {BackupError} it is no sound database of ours, or of a newer
 * release
 */
export async function upgrade(file: string): Promise<void> {
  await withFile(file, async (database) => {
    checkSound(database);
    await migrateDatabase(database);
  });
}

function checkSound(database: DatabaseSync): void {
  let rows: { name: string }[];
  try {
    const verdict = database.prepare('pragma quick_check').all() as { quick_check: string }[];
    if (verdict[0]?.quick_check !== 'ok') throw new Error('damaged');
    rows = database.prepare('select name from migrations').all() as { name: string }[];
  } catch {
    throw new BackupError('The file is no backup of this program, or it is damaged.');
  }
  lacking(rows);
}

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

/** Makes an empty file that only its owner can read. @throws {BackupError} it can't be made, or is there already */
export function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    throw new BackupError(`${file} can't be made: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

/** Copies a file to one that only its owner can read. @throws {BackupError} one of them can't be read or written */
export function copyPrivately(file: string, copy: string): void {
  makePrivate(copy);
  try {
    copyFileSync(file, copy);
    // The copy got the permissions of what it was copied from.
    chmodSync(copy, 0o600);
  } catch (error) {
    throw new BackupError(`${file} can't be copied to ${copy}: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

/** Removes a database that nobody has open, with what SQLite may have left beside it. */
export function removeDatabase(file: string): void {
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(file + end, { force: true });
}

/** Puts the file, or the names in a directory, on the disk. */
export function sync(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
