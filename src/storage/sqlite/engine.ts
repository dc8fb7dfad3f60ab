import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditKey } from '../../ports/keys.ts';
import type { Engine, Transaction } from '../core/engine.ts';
import { connectionTo } from './connection.ts';
import { asStoreError } from './errors.ts';
import { openReader, type Reader } from './reader.ts';
import { type WriterThread, writerThread } from './writer-thread.ts';

/** The path of the database in a data directory. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, 'insiders.db');
}

/**
 * Opens SQLite in one file, which other processes may use at the same time. This thread only reads; the writer thread
 * runs the transactions, in groups that share a commit.
 * @throws {StoreUnavailable} the database can't be opened
 * @throws {Error} it belongs to a newer release
 */
export async function openSqlite(dataDir: string): Promise<{ engine: Engine; migrated: readonly string[] }> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = databaseFile(dataDir);
  // SQLite would create the file readable by all users.
  closeSync(openSync(file, 'a', 0o600));
  const writer = writerThread(file);
  const migrated = await writer.start();
  const reader = await openOrClose(file, writer);
  let auditKey: (() => AuditKey | undefined) | undefined;
  return {
    migrated,
    engine: {
      ...connectionTo(reader.database, reader.beginSnapshot),
      transact: async <Args, Result>(transaction: Transaction<Args, Result>, args: Args) => {
        const key = 'recorded' in transaction.recording ? auditKey?.() : undefined;
        try {
          return (await writer.perform(transaction.transactionName, args, key)) as Result;
        } finally {
          // End the snapshot, so that the caller's next read sees its own write.
          reader.endSnapshot();
        }
      },
      useAuditKey: (key) => {
        auditKey = key;
      },
      commits: reader.commits,
      close: async () => {
        reader.close();
        // The writer closes last: the last connection of a database checkpoints and removes its write-ahead log.
        await writer.close();
      },
    },
  };
}

/** Opens the reader. If that fails, closes the writer thread, which would keep the process running. */
async function openOrClose(file: string, writer: WriterThread): Promise<Reader> {
  try {
    return openReader(file);
  } catch (error) {
    await writer.close();
    throw asStoreError(error);
  }
}
