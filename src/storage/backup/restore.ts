import { existsSync, linkSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEvent } from '../../ports/audit.ts';
import type { AuditKey } from '../../ports/keys.ts';
import type { RingKey } from '../../ports/store/index.ts';
import { appendEvent } from '../audit/audit.ts';
import type { StoreOptions } from '../open.ts';
import { signingKey } from '../operations/ring-keys.ts';
import { connectionTo } from '../sqlite/connection.ts';
import { databaseFile } from '../sqlite/engine.ts';
import { BackupError } from './errors.ts';
import { type Contents, contentsOf, copyPrivately, removeDatabase, sync, upgrade, withFile } from './file.ts';

/**
 * Restores a backup into an empty location, of either database, whichever one the backup came from. It restores
 * everything or nothing, and does not change `file`.
 * @param entry the audit entry to append, which is restored together with the state. Not appended without the ring of
 * keys, if the backup knows one
 * @throws {BackupError} the location holds state, or the file is no backup, is damaged or belongs to a newer release
 * @throws {StoreUnavailable} the location can't be used
 */
export async function restoreBackup(location: StoreOptions, file: string, entry?: RestoreEntry): Promise<Contents> {
  if (!existsSync(file)) throw new BackupError(`There is no file ${file}.`);
  const prepare = async (copy: string) => {
    const contents = await contentsOf(copy);
    if (entry !== undefined) await append(copy, entry.eventOf(contents), entry.keyFor);
    return contents;
  };
  return 'dataDir' in location
    ? intoDirectory(location.dataDir, file, prepare)
    : intoPostgres(location.databaseUrl, file, prepare);
}

/** An entry that says that a backup was restored. */
export interface RestoreEntry {
  readonly eventOf: (contents: Contents) => AuditEvent;
  /** Returns the key of the entry, from a ring that has this signing key; `undefined`: there is no such ring. */
  readonly keyFor: (signing: RingKey) => AuditKey | undefined;
}

/** Appends the audit entry to the private copy. Returns the contents of the backup without it. */
type Prepare = (copy: string) => Promise<Contents>;

/** Appends to the audit log of the private copy, so that the state is restored with the entry or not at all. */
async function append(copy: string, event: AuditEvent, keyFor: RestoreEntry['keyFor']): Promise<void> {
  await withFile(copy, async (database) => {
    const connection = connectionTo(database);
    const signing = await signingKey(connection);
    const auditKey = signing && keyFor(signing);
    if (signing !== undefined && auditKey === undefined) return;
    database.exec('begin immediate');
    await appendEvent({ ...connection, auditKey }, event);
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
