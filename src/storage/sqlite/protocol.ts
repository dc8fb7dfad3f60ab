/** What goes between the main thread and the one that writes. All of it is plain data. */
export type ToWriter = { readonly kind: 'run'; readonly requests: readonly Request[] } | { readonly kind: 'close' };

export type FromWriter =
  | { readonly kind: 'ready'; readonly migrated: readonly string[] }
  | { readonly kind: 'unusable'; readonly unavailable: boolean; readonly message: string }
  | { readonly kind: 'answers'; readonly answers: readonly TransactionResult[] };

/** Asks for one transaction, by its name. */
export interface Request {
  readonly id: number;
  readonly name: string;
  readonly args: unknown;
}

export type TransactionResult =
  | { readonly id: number; readonly outcome: 'done'; readonly result: unknown }
  /** The transaction threw; nothing of it was written. */
  | { readonly id: number; readonly outcome: 'failed'; readonly message: string }
  | { readonly id: number; readonly outcome: 'unavailable'; readonly message: string };
