import pg from 'pg';

/** Maximum connections of one process. */
export const maxConnections = 10;

/**
 * Time-outs in ms. `connect` and `response` together let a request to a database that does not respond fail within ten
 * seconds.
 *
 * `statement` is shorter than `response`: a statement that is slow or waits for a lock is cancelled by PostgreSQL, and
 * its connection stays usable. Only if PostgreSQL does not respond at all is the connection closed.
 */
export const timeouts = {
  /** For a connection: a free one of the pool, or a new one. */
  connect: 3000,
  /** For one statement, measured by PostgreSQL (`statement_timeout`). */
  statement: 5000,
  /** For the response to a statement, measured by pg (`query_timeout`). */
  response: 6000,
  /** Between two statements of a transaction. When a node is lost, PostgreSQL releases its locks after this time. */
  idleInTransaction: 5000,
  /** The same for the transactions of migrations and backups, which also write to a file in between. */
  idleInLongTransaction: 60_000,
  /** Until an unused connection is closed: before a firewall drops its state. */
  idle: 10_000,
  /**
   * Without traffic, until the kernel sends TCP keep-alive probes; after ten more seconds without a response to them
   * the connection is broken.
   */
  keepAlive: 10_000,
} as const;

/** The settings of every connection, pooled or not. */
export function clientSettings(databaseUrl: string): pg.ClientConfig {
  return {
    connectionString: databaseUrl,
    application_name: 'insiders',
    connectionTimeoutMillis: timeouts.connect,
    keepAlive: true,
    keepAliveInitialDelayMillis: timeouts.keepAlive,
    types: { getTypeParser },
  };
}

/** Parses 64-bit integers as numbers: they are times, ids and counts below 2^53. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text');
}
