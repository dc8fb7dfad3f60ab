import { StoreUnavailable } from '../../ports/store/index.ts';

/** SQLSTATE classes of what a statement of ours brings about: its data, a constraint, its syntax or its rights. */
const statementErrors = new Set(['21', '22', '23', '42']);

/** serialization_failure, deadlock_detected: the transaction got in the way of another one, and may succeed the next time. */
const conflicts = new Set(['40001', '40P01']);

export class Conflict extends StoreUnavailable {}

/** Waits for what was sent to the server, and says what its failure means. */
export async function sent<Result>(answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    throw asStoreError(error as Error);
  }
}

/** Whatever is no statement's fault (no connection, shutting down, disk full, read-only, timed out) is the store's. */
function asStoreError(error: Error): Error {
  const state = 'code' in error ? String(error.code) : '';
  if (statementErrors.has(state.slice(0, 2))) return error;
  const Kind = conflicts.has(state) ? Conflict : StoreUnavailable;
  return new Kind(`PostgreSQL: ${error.message}`, { cause: error });
}
