import type { AuditKey } from '../../ports/keys.ts';
import type { AvailabilityChange } from '../../ports/store/index.ts';
import type { Query } from './query.ts';

/** Runs queries, one after the other, on one database. */
export interface Connection {
  rows<Args extends object, Row>(query: Query<Args, Row>, args: Args): Promise<readonly Row[]>;
  first<Args extends object, Row>(query: Query<Args, Row>, args: Args): Promise<Row | undefined>;
  /** The number of rows that a write changed. Returning rows only to count them nearly doubles the time on SQLite. */
  changed<Args extends object>(query: Query<Args, unknown>, args: Args): Promise<number>;
  /** In a recorded transaction: the key that authenticates its audit entries; absent: the process has none. */
  readonly auditKey?: AuditKey | undefined;
}

/** Whether a transaction writes an audit entry for its change; `unrecorded` is the reason why it writes none. */
export type Recording = { readonly recorded: true } | { readonly unrecorded: string };

/**
 * A write transaction. On SQLite it runs on the writer thread, which finds it by its name, so arguments and result must
 * be structured-cloneable. Another transaction can call it as an ordinary function; both then commit as one.
 */
export interface Transaction<Args, Result> {
  (db: Connection, args: Args): Promise<Result>;
  readonly transactionName: string;
  readonly recording: Recording;
}

/** One database. Its own queries only read, and see committed rows; every write is a transaction. */
export interface Engine extends Connection {
  /**
   * Resolves when the transaction is durable.
   * @throws {StoreUnavailable} it was not committed, or the connection was lost and the outcome is unknown
   */
  transact<Args, Result>(transaction: Transaction<Args, Result>, args: Args): Promise<Result>;
  /**
   * Makes `key` return the key for the audit entries of each recorded transaction. If it throws, the transaction is
   * not run.
   */
  useAuditKey(key: () => AuditKey | undefined): void;
  /**
   * The change counter: a number that changes with every commit of any process; `undefined`: unknown now. Absent on
   * PostgreSQL, where reading it would need a round trip.
   */
  commits?(): number | undefined;
  /** Calls `listener` when the database becomes unreachable, and when it is reachable again. Absent on SQLite. */
  onAvailability?(listener: (change: AvailabilityChange) => void): void;
  close(): Promise<void>;
}
