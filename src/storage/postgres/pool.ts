import pg from 'pg';
import type { Availability } from './availability.ts';
import { asStoreError, ConnectionLost, sent } from './errors.ts';
import { clientSettings, limits, maxConnections } from './settings.ts';
import type { Lend } from './transaction.ts';

/**
 * Statements, not parameters of the connection, because PgBouncer refuses those. `query_timeout`: ms until there is a
 * response.
 */
const setUp = {
  text: `set statement_timeout = ${limits.statement}; set idle_in_transaction_session_timeout = ${limits.idleInTransaction}`,
  query_timeout: limits.connect,
};

export function newPool(databaseUrl: string, availability: Availability): pg.Pool {
  const pool = new pg.Pool({
    ...clientSettings(databaseUrl),
    max: maxConnections,
    idleTimeoutMillis: limits.idle,
    query_timeout: limits.silence,
    // The pool waits for it, and gives up the connection if it fails.
    onConnect: async (client) => void (await client.query(setUp)),
  });
  // Whoever uses the connection is told by their statement; without a listener the event would end the process.
  pool.on('connect', (client) => client.on('error', (error) => availability.lost(asStoreError(error))));
  // The pool has removed the idle connection that this is about, whose own listener heard of it, too.
  pool.on('error', () => {});
  return pool;
}

/**
 * Lends the connections of a pool. One that broke, or whose transaction has not ended, is closed and never lent again.
 *
 * When a connection is lost, those that were opened before it are discarded instead of lent: the firewall that forgot
 * one has probably forgotten all, and otherwise each would have to time out in turn.
 */
export function lendFrom(pool: pg.Pool, availability: Availability): Lend {
  const opened = new WeakMap<pg.PoolClient, number>();
  let distrustedBefore = 0;
  pool.on('connect', (client) => void opened.set(client, performance.now()));

  async function take(): Promise<pg.PoolClient> {
    for (;;) {
      const client = await sent(pool.connect());
      if ((opened.get(client) ?? 0) >= distrustedBefore) return client;
      discard(client);
    }
  }

  return async (use) => {
    const client = await take().catch((error: Error) => {
      availability.lost(error);
      throw error;
    });
    let isLost = false;
    try {
      const result = await use(client);
      availability.proven();
      return result;
    } catch (error) {
      if (error instanceof ConnectionLost) {
        isLost = true;
        distrustedBefore = performance.now();
        availability.lost(error);
      }
      throw error;
    } finally {
      // I: outside of a transaction.
      if (isLost || client.getTransactionStatus() !== 'I') discard(client);
      else client.release();
    }
  };
}

/** Closes a connection at once: over a silent one, a farewell would be waited for until the kernel gives up. */
function discard(client: pg.PoolClient): void {
  client.connection.stream.destroy();
  client.release(true);
}
