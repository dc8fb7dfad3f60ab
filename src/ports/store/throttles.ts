/** A leaky bucket: it holds up to `burst` units, and every `leakMs` milliseconds one unit leaks out. */
export interface Bucket {
  /** What is limited, e.g. `sign-in:pair:<hash>`. It never contains an email address in plain text. */
  readonly key: string;
  readonly burst: number;
  /** Rounded up to whole milliseconds. */
  readonly leakMs: number;
  /** The key of another bucket. While that one is trusted, this bucket admits everything and counts nothing. */
  readonly unlessTrusted?: string;
}

export type Admission =
  | { readonly outcome: 'admitted' }
  /**
   * A bucket is full, and no unit was added to any. `key` is the bucket that is full for the longest time, and
   * `retryAt` (ms since 1970) the first time at which it has room for one unit.
   */
  | { readonly outcome: 'throttled'; readonly key: string; readonly retryAt: number };

export interface Throttles {
  /** Adds one unit to each bucket, or to none, in one transaction: parallel callers can't exceed a limit together. */
  admit(buckets: readonly Bucket[], now: number): Promise<Admission>;
  /** Corrects buckets after the outcome of an admitted attempt is known. */
  recordOutcome(settlement: {
    /** One unit is taken out of each. */
    readonly refund: readonly Bucket[];
    /** The keys of buckets that are emptied. */
    readonly empty: readonly string[];
    /** The keys of buckets that are trusted until `trustUntil`, or longer if they already are. */
    readonly trust: readonly string[];
    readonly trustUntil: number;
    readonly now: number;
  }): Promise<void>;
}
