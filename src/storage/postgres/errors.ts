import pg from 'pg';
import { StoreUnavailable } from '../../ports/store/index.ts';

/** SQLSTATE classes of what a statement of ours brings about: its data, a constraint, its syntax or its rights. */
const statementErrors = new Set(['21', '22', '23', '42']);

/**
 * serialization_failure, deadlock_detected: the transaction got in the way of another one, and may succeed the next
 * time.
 */
const conflicts = new Set(['40001', '40P01']);

/**
 * What PostgreSQL says before it closes a connection: connection exceptions, shutdowns and crashes, idle for too long.
 */
const farewells = /^(08|57P|25P0[345]$)/;

export class Conflict extends StoreUnavailable {}

/**
 * The connection broke or timed out. Whether the last statement was executed is unknown, so nothing may repeat it, and
 * nothing can be sent any more.
 */
export class ConnectionLost extends StoreUnavailable {}

/** Waits for what was sent to the server, and says what its failure means. */
export async function sent<Result>(answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    throw asStoreError(error as Error);
  }
}

/** Whatever is no statement's fault (no connection, shutting down, disk full, read-only, timed out) is the store's. */
export function asStoreError(error: Error): Error {
  // What the server did not say itself comes from the connection, or is the time-out of pg.
  const state = error instanceof pg.DatabaseError ? (error.code ?? '') : '08';
  if (statementErrors.has(state.slice(0, 2))) return error;
  const Kind = conflicts.has(state) ? Conflict : farewells.test(state) ? ConnectionLost : StoreUnavailable;
  return new Kind(`PostgreSQL: ${error.message}`, { cause: error });
}
