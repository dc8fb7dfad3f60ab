import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine, Transaction } from '../core/engine.ts';
import { connectionTo } from './connection.ts';
import { asStoreError } from './errors.ts';
import { openReader, type Reader } from './reader.ts';
import { type WriterThread, writerThread } from './writer-thread.ts';

/** Where a data directory has its database. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, 'insiders.db');
}

/**
 * SQLite in one file. This thread only reads; another one runs the transactions, in groups that share a commit.
 * Other processes may use the same file at the same time.
 */
export async function openSqlite(dataDir: string): Promise<{ engine: Engine; migrated: readonly string[] }> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = databaseFile(dataDir);
  // Made here, because SQLite would let everybody read it.
  closeSync(openSync(file, 'a', 0o600));
  const writer = writerThread(file);
  const migrated = await writer.start();
  const reader = await openOrClose(file, writer);
  return {
    migrated,
    engine: {
      ...connectionTo(reader.database, reader.beginTurn),
      transact: async <Args, Result>(transaction: Transaction<Args, Result>, args: Args) => {
        try {
          return (await writer.perform(transaction.transactionName, args)) as Result;
        } finally {
          // Whoever is answered sees what was done.
          reader.endTurn();
        }
      },
      commits: reader.commits,
      close: async () => {
        reader.close();
        // The last one to close a database also empties its write-ahead log.
        await writer.close();
      },
    },
  };
}

/** A thread that is left alone would keep the program running. */
async function openOrClose(file: string, writer: WriterThread): Promise<Reader> {
  try {
    return openReader(file);
  } catch (error) {
    await writer.close();
    throw asStoreError(error);
  }
}
