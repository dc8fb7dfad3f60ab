import pg from 'pg';
import { StoreUnavailable } from '../../ports/store/index.ts';

/** SQLSTATE classes for which the statement is at fault: data, constraint, syntax or access rights. */
const statementErrors = new Set(['21', '22', '23', '42']);

/** serialization_failure, deadlock_detected: the transaction conflicted with another one, and a retry may succeed. */
const conflicts = new Set(['40001', '40P01']);

/**
 * SQLSTATEs after which PostgreSQL closes the connection: connection exceptions (08), shutdown or crash (57P), idle or
 * transaction time-outs (25P03 to 25P05).
 */
const connectionErrors = /^(08|57P|25P0[345]$)/;

/** The transaction was rolled back, and may be retried. */
export class Conflict extends StoreUnavailable {}

/**
 * The connection broke or timed out, and can't be used any more. Whether its last statement was executed is unknown, so
 * it must not be repeated.
 */
export class ConnectionLost extends StoreUnavailable {}

/** Awaits a statement or a connection, and maps its error with {@link asStoreError}. */
export async function mapErrors<Result>(response: Promise<Result>): Promise<Result> {
  try {
    return await response;
  } catch (error) {
    throw asStoreError(error as Error);
  }
}

/**
 * Maps an error of pg to StoreUnavailable (no connection, shutdown, disk full, read-only, timed out), unless the
 * statement is at fault.
 */
export function asStoreError(error: Error): Error {
  // Any other error comes from the connection or is a time-out of pg.
  const state = error instanceof pg.DatabaseError ? (error.code ?? '') : '08';
  if (statementErrors.has(state.slice(0, 2))) return error;
  const Kind = conflicts.has(state) ? Conflict : connectionErrors.test(state) ? ConnectionLost : StoreUnavailable;
  return new Kind(`PostgreSQL: ${error.message}`, { cause: error });
}
