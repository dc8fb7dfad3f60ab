import { existsSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StoreOptions } from '../open.ts';
import { databaseFile } from '../sqlite/engine.ts';
import { BackupError } from './errors.ts';
import { type Contents, contentsOf, createPrivately, removeDatabase, sync } from './file.ts';

/**
 * Writes a snapshot of all state to a new file. The file is an SQLite database, even if the state is in PostgreSQL. A
 * server may be running. The file gets its name only when it is complete. It does not contain the ring of keys.
 * @throws {BackupError} there is no state, or the file exists or can't be written
 * @throws {StoreUnavailable} the database can't be reached
 */
export async function createBackup(location: StoreOptions, file: string): Promise<Contents> {
  const partial = `${file}.${process.pid}.partial`;
  refuseExisting(file);
  try {
    createPrivately(partial);
    if ('dataDir' in location) copySqlite(location.dataDir, partial);
    else await (await import('./from-postgres.ts')).copyPostgres(location.databaseUrl, partial);
    const contents = await contentsOf(partial);
    sync(partial);
    refuseExisting(file);
    renameSync(partial, file);
    sync(dirname(file));
    return contents;
  } finally {
    removeDatabase(partial);
  }
}

function refuseExisting(file: string): void {
  if (existsSync(file)) throw new BackupError(`${file} exists already, and is left as it is.`);
}

/** `vacuum into` copies one snapshot, and does not block writers. */
function copySqlite(dataDir: string, target: string): void {
  const source = databaseFile(dataDir);
  if (!existsSync(source)) throw new BackupError(`There is no database in ${dataDir}.`);
  const database = new DatabaseSync(source, { readOnly: true, timeout: 5000 });
  try {
    database.prepare('vacuum into ?').run(target);
  } catch (error) {
    const { message } = error as Error;
    throw new BackupError(`The database can't be read, or ${target} can't be written: ${message}.`);
  } finally {
    database.close();
  }
}
