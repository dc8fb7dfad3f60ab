import type { AvailabilityChange } from '../../ports/store/index.ts';
import type { Query } from './query.ts';

/** Runs queries, one after the other, on one database. */
export interface Connection {
  rows<Args extends object, Row>(query: Query<Args, Row>, args: Args): Promise<readonly Row[]>;
  first<Args extends object, Row>(query: Query<Args, Row>, args: Args): Promise<Row | undefined>;
  /** How many rows a write has written. To have them returned only to know that costs SQLite nearly as much again. */
  changed<Args extends object>(query: Query<Args, unknown>, args: Args): Promise<number>;
}

/** Whether a transaction writes the audit entry of its change, and if not, why nobody needs one. */
export type Recording = { readonly recorded: true } | { readonly unrecorded: string };

/**
 * Something that is done wholly or not at all. Another transaction calls it as an ordinary function, and then both are
 * one. Arguments and result are plain data: on SQLite it runs in another thread, which finds it by its name.
 */
export interface Transaction<Args, Result> {
  (db: Connection, args: Args): Promise<Result>;
  readonly transactionName: string;
  readonly recording: Recording;
}

/** One database. Its own queries see what is committed; every write is a transaction. */
export interface Engine extends Connection {
  /** Resolves when the transaction is durable. @throws {StoreUnavailable} it was not done, or nobody can say */
  transact<Args, Result>(transaction: Transaction<Args, Result>, args: Args): Promise<Result>;
  /**
   * A number that changes whenever anybody commits anything; `undefined`: unknown now. Absent where it can't be learnt
   * without asking another machine.
   */
  commits?(): number | undefined;
  /**
   * Tells from now on when the database can't be reached, and when it can be again. Absent where it is in this process.
   */
  onAvailability?(listener: (change: AvailabilityChange) => void): void;
  close(): Promise<void>;
}
