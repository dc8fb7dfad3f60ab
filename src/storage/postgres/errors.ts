import { StoreUnavailable } from '../../ports/store/index.ts';

/** SQLSTATE classes of what a statement of ours brings about: its data, a constraint, its syntax or its rights. */
const statementErrors = new Set(['21', '22', '23', '42']);

/** Whatever else is reported (no connection, shutting down, disk full, read-only, timed out) means that the store can't be used now. */
export function asStoreError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreUnavailable || error instanceof RangeError) return error;
  if (statementErrors.has(stateOf(error)?.slice(0, 2) ?? '')) return error;
  return new StoreUnavailable(`PostgreSQL: ${error.message}`, { cause: error });
}

/** A transaction that got in the way of another one: serialization_failure, deadlock_detected. */
export function isWorthRetrying(error: unknown): boolean {
  const state = stateOf(error);
  return state === '40001' || state === '40P01';
}

function stateOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
