import type { AuditKey } from '../../ports/keys.ts';

/** Messages from the main thread to the writer thread. */
export type ToWriter =
  | { readonly kind: 'run'; readonly requests: readonly TransactionRequest[] }
  /** Finish what was sent before, close the database, and end. */
  | { readonly kind: 'close' };

/** Messages from the writer thread to the main thread. */
export type FromWriter =
  /** The database is open. `migrated`: the names of the migrations that were applied now. */
  | { readonly kind: 'ready'; readonly migrated: readonly string[] }
  /** The database can't be opened, and the thread ends. `unavailable`: a later attempt can succeed. */
  | { readonly kind: 'unusable'; readonly unavailable: boolean; readonly message: string }
  /** The results of all requests of a `run`, after their commit. */
  | { readonly kind: 'results'; readonly results: readonly TransactionResult[] };

/** One transaction to run. `name`: its `transactionName`; `id`: the result carries the same one. */
export interface TransactionRequest {
  readonly id: number;
  readonly name: string;
  readonly args: unknown;
  /** The thread has no other way to get the key: it keeps none, so that a rotation is in effect at once. */
  readonly auditKey?: AuditKey | undefined;
}

export type TransactionResult =
  /** It was committed, or rolled back with a result (`abort`). */
  | { readonly id: number; readonly outcome: 'done'; readonly result: unknown }
  /** It threw and was rolled back. */
  | { readonly id: number; readonly outcome: 'failed'; readonly message: string }
  /** The database failed, and with it the whole group. */
  | { readonly id: number; readonly outcome: 'unavailable'; readonly message: string };
