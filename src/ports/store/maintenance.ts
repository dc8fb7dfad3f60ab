export interface Maintenance {
  /** Rejects with StoreUnavailable if a read, or `write: true` a durable write, can't be done now. */
  check(depth: { readonly write: boolean }): Promise<void>;
  /**
   * Deletes up to `limit` rows of each kind that can't matter any more: expired sessions, pending requests, codes and
   * revoked access tokens, empty throttles, families that are revoked or evicted and whose access tokens have expired.
   * Never a refresh token that can be used. Answers how many rows went.
   */
  purge(now: number, limit: number): Promise<number>;
  /** Names of the migrations that are applied and of those that are not. */
  migrations(): Promise<{ readonly applied: readonly string[]; readonly pending: readonly string[] }>;
}
