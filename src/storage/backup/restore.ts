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
 * Puts the state of a backup where there is none yet, whichever database it came from. All of it or nothing, with the
 * audit entry that `entryFor` its contents gives; the file stays as it is.
 * @throws {BackupError} the place is not empty, or the file is no sound backup, or of a newer release
 * @throws {StoreUnavailable} the place can't be used
 */
export async function restoreBackup(
  place: StoreOptions,
  file: string,
  entryFor?: (contents: Contents) => AuditEvent,
): Promise<Contents> {
  if (!existsSync(file)) throw new BackupError(`There is no file ${file}.`);
  const prepare = async (copy: string) => {
    const contents = await contentsOf(copy);
    if (entryFor !== undefined) await append(copy, entryFor(contents));
    return contents;
  };
  return 'dataDir' in place
    ? intoDirectory(place.dataDir, file, prepare)
    : intoPostgres(place.databaseUrl, file, prepare);
}

/** Adds what belongs to the restored state to the private copy, and answers what the backup holds. */
type Prepare = (copy: string) => Promise<Contents>;

/** Appends to the audit log of the copy, before anybody can see it: it is restored with the entry or not at all. */
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
    // A log of another database would be taken for this one's.
    refuseExisting(target);
    linkTo(copy, target);
    sync(dataDir);
    return contents;
  });
}

/** Never over another file, even one of this very moment. */
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

/** A private copy for the time of `work`, brought up to this release. */
async function withCopy<Result>(file: string, copy: string, work: () => Promise<Result>): Promise<Result> {
  try {
    copyPrivately(file, copy);
    await upgrade(copy);
    return await work();
  } finally {
    removeDatabase(copy);
  }
}
