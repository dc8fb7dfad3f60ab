import { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '../../ports/store/index.ts';
import { type Act, Withdrawn } from '../engine.ts';
import { applyMigrations } from '../migrations/apply.ts';
import { connectionTo } from './connection.ts';
import { sqliteDialect } from './dialect.ts';
import { asStoreError, isBusy } from './errors.ts';
import type { Answer, Request } from './protocol.ts';

/** How long to wait for another process that writes, in milliseconds. */
const busyTimeout = 5000;

/** The connection that writes. It runs in a thread of its own. */
export interface Writer {
  /**
   * Runs the queued writes in one transaction and returns when it is durable; a write that fails by itself is rolled
   * back alone.
   */
  run(requests: readonly Request[]): Promise<readonly Answer[]>;
  close(): void;
}

/**
 * Opens the database for writing and applies what migrations are missing.
 * @throws {StoreUnavailable} it can't be used now
 */
export async function openWriter(
  file: string,
  acts: ReadonlyMap<string, Act<never, unknown>>,
): Promise<{ readonly writer: Writer; readonly migrated: readonly string[] }> {
  const database = new DatabaseSync(file, { timeout: busyTimeout, enableForeignKeyConstraints: true });
  try {
    useWriteAheadLog(database);
    return { migrated: await migrateDatabase(database), writer: writerOn(database, acts) };
  } catch (error) {
    database.close();
    throw asStoreError(error);
  }
}

function writerOn(database: DatabaseSync, acts: ReadonlyMap<string, Act<never, unknown>>): Writer {
  const connection = connectionTo(database);
  /** Acts that failed once. From then on they have a savepoint, which costs, so that they take nothing with them. */
  const mayFail = new Set<string>();

  /** Every new try knows one more act that may fail. */
  async function run(requests: readonly Request[]): Promise<readonly Answer[]> {
    for (;;) {
      const answers = await tryTogether(requests);
      if (answers !== undefined) return answers;
    }
  }

  /** @returns `undefined`: an act failed for the first time, and nothing was written */
  async function tryTogether(requests: readonly Request[]): Promise<readonly Answer[] | undefined> {
    try {
      database.exec('begin immediate');
      const answers = await runAll(requests);
      database.exec(answers === undefined ? 'rollback' : 'commit');
      return answers;
    } catch (error) {
      if (database.isTransaction) database.exec('rollback');
      throw asStoreError(error);
    }
  }

  async function runAll(requests: readonly Request[]): Promise<readonly Answer[] | undefined> {
    const answers: Answer[] = [];
    for (const request of requests) {
      const answer = mayFail.has(request.name) ? await runApart(request) : await runOne(request);
      if (answer === undefined) return undefined;
      answers.push(answer);
    }
    return answers;
  }

  async function runOne({ id, name, args }: Request): Promise<Answer | undefined> {
    const act = acts.get(name);
    if (act === undefined) return { id, outcome: 'failed', message: `There is no act ${name}` };
    try {
      return { id, outcome: 'done', result: await act(connection, args as never) };
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      mayFail.add(name);
      return undefined;
    }
  }

  async function runApart({ id, name, args }: Request): Promise<Answer> {
    database.exec('savepoint act');
    try {
      const result = await acts.get(name)?.(connection, args as never);
      database.exec('release act');
      return { id, outcome: 'done', result };
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      database.exec('rollback to act; release act');
      if (error instanceof Withdrawn) return { id, outcome: 'done', result: error.answer };
      return { id, outcome: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  }

  return { run, close: () => database.close() };
}

/**
 * Every commit is durable. Checkpoints come less often than by default: pages that change again until then are copied
 * once.
 */
const journal = 'pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 4000';

/**
 * Changing the journal mode of a new file needs an exclusive lock, and SQLite does not always wait for that by itself.
 */
function useWriteAheadLog(database: DatabaseSync): void {
  const deadline = Date.now() + busyTimeout;
  for (;;) {
    try {
      database.exec(journal);
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

/** Makes or upgrades what is missing. @returns the names of the migrations that were applied */
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
