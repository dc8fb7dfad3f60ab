import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { asStoreError } from './errors.ts';

/** The connection that only reads. */
export interface Reader {
  readonly database: DatabaseSync;
  /** Begins the snapshot of this event-loop tick, if there is none. Must be called before every read. */
  beginSnapshot(): void;
  /** Ends the snapshot: the next read sees everything that is committed by then. */
  endSnapshot(): void;
  /** The change counter: a number that changes with every commit of another connection; `undefined`: closed. */
  commits(): number | undefined;
  close(): void;
}

/**
 * Opens `file` for reading. All reads within one tick of the event loop share a snapshot (one read transaction): a
 * transaction per query costs a few system calls, and each newer snapshot empties SQLite's page cache.
 */
export function openReader(file: string): Reader {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  const begin = database.prepare('begin');
  const end = database.prepare('commit');
  // Changes with the commits of all other connections; this one makes none.
  const version = database.prepare('pragma data_version');
  version.setReturnArrays(true);
  let inSnapshot = false;
  /** The change counter of this snapshot, once it was read. */
  let counter: number | undefined;

  function beginSnapshot(): void {
    if (inSnapshot) return;
    begin.run();
    inSnapshot = true;
    setImmediate(endSnapshot);
  }

  function endSnapshot(): void {
    if (!inSnapshot) return;
    inSnapshot = false;
    counter = undefined;
    // After an I/O error, SQLite has rolled back by itself.
    if (database.isTransaction) end.run();
  }

  function commits(): number | undefined {
    if (!database.isOpen) return undefined;
    try {
      beginSnapshot();
      counter ??= numberOf(version);
      return counter;
    } catch (error) {
      throw asStoreError(error);
    }
  }

  function close(): void {
    if (!database.isOpen) return;
    endSnapshot();
    database.close();
  }

  return { database, beginSnapshot, endSnapshot, commits, close };
}

function numberOf(statement: StatementSync): number {
  return (statement.get() as unknown as [number])[0];
}
