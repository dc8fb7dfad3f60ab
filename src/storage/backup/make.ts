import { existsSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StoreOptions } from '../open.ts';
import { databaseFile } from '../sqlite/engine.ts';
import { BackupError } from './errors.ts';
import { type Contents, contentsOf, makePrivate, removeDatabase, sync } from './file.ts';

/**
 * Writes all state, as it is at one moment, to a new file that is an SQLite database whatever the state is kept in. A
 * server may go on with its work meanwhile. The file appears only when it is whole. The ring of keys is not in it.
 * @throws {BackupError} there is nothing to back up, or the file exists or can't be written
 * @throws {StoreUnavailable} the database can't be reached
 */
export async function makeBackup(place: StoreOptions, file: string): Promise<Contents> {
  const partial = `${file}.${process.pid}.partial`;
  refuseExisting(file);
  try {
    makePrivate(partial);
    if ('dataDir' in place) copySqlite(place.dataDir, partial);
    else await (await import('./from-postgres.ts')).copyPostgres(place.databaseUrl, partial);
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

/** One statement is one moment, and writers don't wait for it. */
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
