/**
 * A change in the connection to a database on another machine. `cause`: why the database can't be used. `afterMs`: for
 * how long it could not, in milliseconds.
 */
export type AvailabilityChange =
  | { readonly state: 'unavailable'; readonly cause: Error }
  | { readonly state: 'available'; readonly afterMs: number };

export interface Maintenance {
  /**
   * Tries one read, or with `write: true` one durable write.
   * @throws {StoreUnavailable} it can't be done now
   */
  check(depth: { readonly write: boolean }): Promise<void>;
  /**
   * Deletes expired rows, up to `limit` for each rule of `storage/schema/tables.ts`, and returns how many it deleted.
   * A revoked or evicted family stays until its access tokens have expired; a refresh token that can be used stays.
   */
  purge(now: number, limit: number): Promise<number>;
  /**
   * Calls `listener` once when the database can't be reached or its connections are lost, and once when it is available
   * again. Never calls it for an embedded database.
   */
  onAvailability(listener: (change: AvailabilityChange) => void): void;
  /**
   * Returns the names of the migrations that are applied, and of those that are not.
   * @throws {Error} the database was migrated by a newer release
   */
  migrations(): Promise<{ readonly applied: readonly string[]; readonly pending: readonly string[] }>;
}
