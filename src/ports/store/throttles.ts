/** A leaky bucket: it holds up to `burst` units, one unit leaks out every `leakMs`. */
export interface Bucket {
  /** What is limited, e.g. `sign-in:pair:<hash>`. Never a clear e-mail address. */
  readonly key: string;
  readonly burst: number;
  readonly leakMs: number;
  /** Another bucket's key; while that one is trusted, this bucket lets everything pass. */
  readonly unlessTrusted?: string;
}

export type Admission =
  | { readonly outcome: 'admitted' }
  /** Nothing was counted. Not before `retryAt` (ms since 1970) can it pass. */
  | { readonly outcome: 'throttled'; readonly key: string; readonly retryAt: number };

export interface Throttles {
  /** Puts one unit into each bucket, all or none, in one act: parallel callers can't slip past. */
  admit(buckets: readonly Bucket[], now: number): Promise<Admission>;
  /**
   * Takes one unit back out of each of `refund`, empties each of `empty`, and marks each of `trust` as trusted until
   * `trustUntil`.
   */
  settle(settlement: {
    readonly refund: readonly Bucket[];
    readonly empty: readonly string[];
    readonly trust: readonly string[];
    readonly trustUntil: number;
    readonly now: number;
  }): Promise<void>;
}
