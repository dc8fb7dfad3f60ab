import { existsSync, linkSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEvent } from '../../ports/audit.ts';
import { appendEvent } from '../audit/audit.ts';
import type { StoreOptions } from '../open.ts';
import { connectionTo } from '../sqlite/connection.ts';
import { databaseFile } from '../sqlite/engine.ts';
import { BackupError } from './errors.ts';
import { type Contents, contentsOf, copyPrivately, removeDatabase, sync, upgrade, withFile } from './file.ts';

/**
 * Restores a backup into an empty location, of either database, whichever one the backup came from. It restores
 * everything or nothing, and does not change `file`.
 * @param entryFor the audit entry to append, which is restored together with the state
 * @throws {BackupError} the location holds state, or the file is no backup, is damaged or belongs to a newer release
 * @throws {StoreUnavailable} the location can't be used
 */
export async function restoreBackup(
  location: StoreOptions,
  file: string,
  entryFor?: (contents: Contents) => AuditEvent,
): Promise<Contents> {
  if (!existsSync(file)) throw new BackupError(`There is no file ${file}.`);
  const prepare = async (copy: string) => {
    const contents = await contentsOf(copy);
    if (entryFor !== undefined) await append(copy, entryFor(contents));
    return contents;
  };
  return 'dataDir' in location
    ? intoDirectory(location.dataDir, file, prepare)
    : intoPostgres(location.databaseUrl, file, prepare);
}

/** Appends the audit entry to the private copy. Returns the contents of the backup without it. */
type Prepare = (copy: string) => Promise<Contents>;

/** Appends to the audit log of the private copy, so that the state is restored with the entry or not at all. */
async function append(copy: string, event: AuditEvent): Promise<void> {
  await withFile(copy, async (database) => {
    database.exec('begin immediate');
    await appendEvent(connectionTo(database), event);
    database.exec('commit');
  });
}

async function intoDirectory(dataDir: string, file: string, prepare: Prepare): Promise<Contents> {
  const target = databaseFile(dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  refuseExisting(target);
  const copy = `${target}.${process.pid}.restoring`;
  return withCopy(file, copy, async () => {
    const contents = await prepare(copy);
    sync(copy);
    // Also checks for a `-wal` file: SQLite would apply that of another database to this one.
    refuseExisting(target);
    linkTo(copy, target);
    sync(dataDir);
    return contents;
  });
}

/** Gives the copy its final name. `link`, unlike `rename`, fails if the name was taken meanwhile. */
function linkTo(copy: string, target: string): void {
  try {
    linkSync(copy, target);
  } catch (error) {
    refuseExisting(target);
    throw error;
  }
}

function refuseExisting(target: string): void {
  for (const path of [target, `${target}-wal`, `${target}-shm`]) {
    if (!existsSync(path)) continue;
    throw new BackupError(`${path} exists already. Stop the server, and move the old database away first.`);
  }
}

async function intoPostgres(databaseUrl: string, file: string, prepare: Prepare): Promise<Contents> {
  const folder = mkdtempSync(join(tmpdir(), 'insiders-restore-'));
  try {
    const copy = join(folder, 'copy.db');
    return await withCopy(file, copy, async () => {
      const contents = await prepare(copy);
      await (await import('./to-postgres.ts')).fillPostgres(databaseUrl, copy);
      return contents;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Creates a private copy, migrates it to this release, and removes it after `work`. */
async function withCopy<Result>(file: string, copy: string, work: () => Promise<Result>): Promise<Result> {
  try {
    copyPrivately(file, copy);
    await upgrade(copy);
    return await work();
  } finally {
    removeDatabase(copy);
  }
}
