import { StoreUnavailable } from '../../ports/store/index.ts';

/** The result codes for which the statement is at fault: SQLITE_ERROR, CONSTRAINT, MISMATCH, MISUSE and RANGE. */
const statementErrors = new Set([1, 19, 20, 21, 25]);

/**
 * Maps an error of SQLite to StoreUnavailable (busy, full, read-only, I/O error, corrupt file), unless the statement is
 * at fault.
 */
export function asStoreError(error: unknown): unknown {
  const code = primaryCode(error);
  if (code === undefined || statementErrors.has(code)) return error;
  return new StoreUnavailable(`SQLite: ${(error as Error).message}`, { cause: error });
}

/** SQLITE_BUSY: another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  return primaryCode(error) === 5;
}

/** SQLITE_CORRUPT, SQLITE_NOTADB: the file is damaged, or is no SQLite database. */
export function isDamaged(error: unknown): boolean {
  return [11, 26].includes(primaryCode(error) ?? 0);
}

function primaryCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
}
