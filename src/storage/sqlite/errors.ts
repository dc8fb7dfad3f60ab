import { StoreUnavailable } from '../../ports/store/index.ts';

/** The errors of SQLite that a statement of ours brings about: SQLITE_ERROR, CONSTRAINT, MISMATCH, MISUSE and RANGE. */
const statementErrors = new Set([1, 19, 20, 21, 25]);

/**
 * Whatever else SQLite reports (busy, full, read-only, broken disk, corrupt file) means that the store can't be used
 * now.
 */
export function asStoreError(error: unknown): unknown {
  const code = primaryCode(error);
  if (code === undefined || statementErrors.has(code)) return error;
  return new StoreUnavailable(`SQLite: ${(error as Error).message}`, { cause: error });
}

/** SQLITE_BUSY: another process has it locked. */
export function isBusy(error: unknown): boolean {
  return primaryCode(error) === 5;
}

/** SQLITE_CORRUPT, SQLITE_NOTADB: the file is not, or not any more, what SQLite wrote. */
export function isDamaged(error: unknown): boolean {
  return [11, 26].includes(primaryCode(error) ?? 0);
}

function primaryCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
}
