import { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '../../ports/store/index.ts';
import { Aborted, transactions } from '../core/transaction.ts';
import { connectionTo } from './connection.ts';
import { asStoreError, isBusy } from './errors.ts';
import { migrateDatabase } from './migrate.ts';
import type { TransactionRequest, TransactionResult } from './protocol.ts';

/** How long to wait for the lock of another process that writes, in milliseconds. */
const busyTimeout = 5000;

/** The connection that writes. It belongs to the writer thread. */
export interface Writer {
  /**
   * Group commit: runs the transactions one after the other with one commit, and resolves when it is durable. One that
   * throws or aborts rolls back only itself.
   * @throws {StoreUnavailable} the database failed, and the whole group was rolled back
   */
  run(requests: readonly TransactionRequest[]): Promise<readonly TransactionResult[]>;
  close(): void;
}

/**
 * Opens the database for writing and applies the pending migrations.
 * @throws {StoreUnavailable} it can't be used now
 * @throws {Error} it belongs to a newer release
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
  /**
   * The names of transactions that have thrown or aborted before. These run in a savepoint, so that they roll back
   * nothing else. The others run without one, because a savepoint costs time.
   */
  const mayFail = new Set<string>();

  /** Retries until the group commits. It ends, because each retry adds a name to `mayFail`. */
  async function run(requests: readonly TransactionRequest[]): Promise<readonly TransactionResult[]> {
    for (;;) {
      const results = await tryGroup(requests);
      if (results !== undefined) return results;
    }
  }

  /** @returns `undefined`: a transaction failed without a savepoint, and the group was rolled back */
  async function tryGroup(requests: readonly TransactionRequest[]): Promise<readonly TransactionResult[] | undefined> {
    try {
      database.exec('begin immediate');
      const results = await runAll(requests);
      database.exec(results === undefined ? 'rollback' : 'commit');
      return results;
    } catch (error) {
      if (database.isTransaction) database.exec('rollback');
      throw asStoreError(error);
    }
  }

  async function runAll(requests: readonly TransactionRequest[]): Promise<readonly TransactionResult[] | undefined> {
    const results: TransactionResult[] = [];
    for (const request of requests) {
      const result = mayFail.has(request.name) ? await runInSavepoint(request) : await runUnprotected(request);
      if (result === undefined) return undefined;
      results.push(result);
    }
    return results;
  }

  async function runUnprotected({
    id,
    name,
    args,
    auditKey,
  }: TransactionRequest): Promise<TransactionResult | undefined> {
    const transaction = transactions.get(name);
    if (transaction === undefined) return { id, outcome: 'failed', message: `There is no transaction ${name}` };
    try {
      return { id, outcome: 'done', result: await transaction({ ...connection, auditKey }, args as never) };
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      mayFail.add(name);
      return undefined;
    }
  }

  async function runInSavepoint({ id, name, args, auditKey }: TransactionRequest): Promise<TransactionResult> {
    database.exec('savepoint one');
    try {
      const result = await transactions.get(name)?.({ ...connection, auditKey }, args as never);
      database.exec('release one');
      return { id, outcome: 'done', result };
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      database.exec('rollback to one; release one');
      if (error instanceof Aborted) return { id, outcome: 'done', result: error.result };
      return { id, outcome: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  }

  return { run, close: () => database.close() };
}

/**
 * `synchronous = full` makes every commit durable. Checkpoints come less often than by default (every 4,000 pages
 * instead of 1,000), so that a page that changes several times in between is copied only once.
 */
const journal = 'pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 4000';

/** Retries, because a new file's change to WAL needs an exclusive lock, for which SQLite does not always wait. */
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
