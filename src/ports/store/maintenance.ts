/** What became of a database on another machine. `cause`: why it can't be used; `afterMs`: how long it could not. */
export type AvailabilityChange =
  | { readonly state: 'unavailable'; readonly cause: Error }
  | { readonly state: 'available'; readonly afterMs: number };

export interface Maintenance {
  /** Rejects with StoreUnavailable if a read, or `write: true` a durable write, can't be done now. */
  check(depth: { readonly write: boolean }): Promise<void>;
  /**
   * Deletes up to `limit` rows of each kind that can't matter any more: expired sessions, pending requests, codes and
   * revoked access tokens, empty throttles, families that are revoked or evicted and whose access tokens have expired.
   * Never a refresh token that can be used. Answers how many rows went.
   */
  purge(now: number, limit: number): Promise<number>;
  /**
   * Calls `listener` once when the database can't be reached or connections to it are lost, and once when it works
   * again.
   */
  onAvailability(listener: (change: AvailabilityChange) => void): void;
  /** Names of the migrations that are applied and of those that are not. */
  migrations(): Promise<{ readonly applied: readonly string[]; readonly pending: readonly string[] }>;
}
