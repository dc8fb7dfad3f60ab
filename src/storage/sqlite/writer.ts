import { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '../../ports/store/index.ts';
import { Aborted, transactions } from '../core/transaction.ts';
import { applyMigrations } from '../migrations/apply.ts';
import { connectionTo } from './connection.ts';
import { sqliteDialect } from './dialect.ts';
import { asStoreError, isBusy } from './errors.ts';
import type { Request, TransactionResult } from './protocol.ts';

/** How long to wait for another process that writes, in milliseconds. */
const busyTimeout = 5000;

/** The connection that writes. It runs in a thread of its own. */
export interface Writer {
  /** Runs the transactions as one, resolves when that is durable. One that fails by itself rolls back only itself. */
  run(requests: readonly Request[]): Promise<readonly TransactionResult[]>;
  close(): void;
}

/**
 * Opens the database for writing and applies what migrations are missing.
 * @throws {StoreUnavailable} it can't be used now
 */
export async function openWriter(
  file: string,
): Promise<{ readonly writer: Writer; readonly migrated: readonly string[] }> {
  const database = new DatabaseSync(file, { timeout: busyTimeout, enableForeignKeyConstraints: true });
  try {
    useWriteAheadLog(database);
    return { migrated: await migrateDatabase(database), writer: writerOn(database) };
  } catch (error) {
    database.close();
    throw asStoreError(error);
  }
}

function writerOn(database: DatabaseSync): Writer {
  const connection = connectionTo(database);
  /** Failed once. Since then each has a savepoint, which costs, so that it rolls back nothing else. */
  const mayFail = new Set<string>();

  /** Every new try knows one more transaction that may fail. */
  async function run(requests: readonly Request[]): Promise<readonly TransactionResult[]> {
    for (;;) {
      const answers = await tryTogether(requests);
      if (answers !== undefined) return answers;
    }
  }

  /** @returns `undefined`: a transaction failed for the first time, and nothing was written */
  async function tryTogether(requests: readonly Request[]): Promise<readonly TransactionResult[] | undefined> {
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

  async function runAll(requests: readonly Request[]): Promise<readonly TransactionResult[] | undefined> {
    const answers: TransactionResult[] = [];
    for (const request of requests) {
      const answer = mayFail.has(request.name) ? await runApart(request) : await runOne(request);
      if (answer === undefined) return undefined;
      answers.push(answer);
    }
    return answers;
  }

  async function runOne({ id, name, args }: Request): Promise<TransactionResult | undefined> {
    const transaction = transactions.get(name);
    if (transaction === undefined) return { id, outcome: 'failed', message: `There is no transaction ${name}` };
    try {
      return { id, outcome: 'done', result: await transaction(connection, args as never) };
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      mayFail.add(name);
      return undefined;
    }
  }

  async function runApart({ id, name, args }: Request): Promise<TransactionResult> {
    database.exec('savepoint apart');
    try {
      const result = await transactions.get(name)?.(connection, args as never);
      database.exec('release apart');
      return { id, outcome: 'done', result };
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      database.exec('rollback to apart; release apart');
      if (error instanceof Aborted) return { id, outcome: 'done', result: error.result };
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
