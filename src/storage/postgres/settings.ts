import pg from 'pg';

/** Most connections that one process has open. */
export const maxConnections = 10;

/**
 * How long, in ms, each thing may take. Together they end a request within ten seconds, whatever the database does.
 *
 * PostgreSQL ends a statement first, so that a slow one or one that waits for a lock fails by itself and its connection
 * stays usable. Only if PostgreSQL does not even say that is the connection given up.
 */
export const limits = {
  /** Until there is a connection: a free one of the pool, or a new one. */
  connect: 3000,
  /** For one statement, by PostgreSQL's clock (`statement_timeout`). */
  statement: 5000,
  /** Until something is heard of a statement, by our clock. */
  silence: 6000,
  /** Between two statements of a transaction. When a node is lost, what it had locked is free again after this. */
  idleInTransaction: 5000,
  /** The same for a transaction that may take long, which also writes to a file in between. */
  idleInLongTransaction: 60_000,
  /** Without use, until a connection is closed: few firewalls forget one that soon. */
  idle: 10_000,
  /**
   * Without traffic, until the kernel asks whether the other end is still there; ten seconds later the connection
   * counts as broken.
   */
  keepAlive: 10_000,
} as const;

/** What every connection has in common. */
export function clientSettings(databaseUrl: string): pg.ClientConfig {
  return {
    connectionString: databaseUrl,
    application_name: 'insiders',
    connectionTimeoutMillis: limits.connect,
    keepAlive: true,
    keepAliveInitialDelayMillis: limits.keepAlive,
    types: { getTypeParser },
  };
}

/** Our 64-bit numbers are times, ids and counts: they fit into a number. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text');
}
