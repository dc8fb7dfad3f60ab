import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { asStoreError } from './errors.ts';

/** The connection that only reads. */
export interface Reader {
  readonly database: DatabaseSync;
  /** Comes before every read. */
  beginTurn(): void;
  /** The next read sees what is committed by then. */
  endTurn(): void;
  /** A number that changes whenever another connection commits; `undefined`: the reader is closed. */
  commits(): number | undefined;
  close(): void;
}

/**
 * Opens `file` for reading. All reads within one tick of the event loop see one snapshot: checking for a newer one
 * before every query takes a few system calls, and each newer one empties the page cache.
 */
export function openReader(file: string): Reader {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  const begin = database.prepare('begin');
  const end = database.prepare('commit');
  // SQLite counts the commits of all other connections, and this one makes none.
  const version = database.prepare('pragma data_version');
  version.setReturnArrays(true);
  let inTurn = false;
  let known: number | undefined;

  function beginTurn(): void {
    if (inTurn) return;
    begin.run();
    inTurn = true;
    setImmediate(endTurn);
  }

  function endTurn(): void {
    if (!inTurn) return;
    inTurn = false;
    known = undefined;
    // A broken disk may have ended it already.
    if (database.isTransaction) end.run();
  }

  function commits(): number | undefined {
    if (!database.isOpen) return undefined;
    try {
      beginTurn();
      known ??= numberOf(version);
      return known;
    } catch (error) {
      throw asStoreError(error);
    }
  }

  function close(): void {
    if (!database.isOpen) return;
    endTurn();
    database.close();
  }

  return { database, beginTurn, endTurn, commits, close };
}

function numberOf(statement: StatementSync): number {
  return (statement.get() as unknown as [number])[0];
}
