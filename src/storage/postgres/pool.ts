import pg from 'pg';
import type { Availability } from './availability.ts';
import { asStoreError, ConnectionLost, mapErrors } from './errors.ts';
import { clientSettings, maxConnections, timeouts } from './settings.ts';
import type { WithClient } from './transaction.ts';

/**
 * Sets the time-outs of a new connection by statements, because PgBouncer refuses them as startup parameters.
 * `query_timeout`: ms until the response.
 */
const setTimeouts = {
  text: `set statement_timeout = ${timeouts.statement}; set idle_in_transaction_session_timeout = ${timeouts.idleInTransaction}`,
  query_timeout: timeouts.connect,
};

/** A pool of connections. It reports lost ones to `availability`. */
export function newPool(databaseUrl: string, availability: Availability): pg.Pool {
  const pool = new pg.Pool({
    ...clientSettings(databaseUrl),
    max: maxConnections,
    idleTimeoutMillis: timeouts.idle,
    query_timeout: timeouts.response,
    // The pool awaits it, and discards the connection if it fails.
    onConnect: async (client) => void (await client.query(setTimeouts)),
  });
  // The current statement rejects with the same error; without a listener the event would end the process.
  pool.on('connect', (client) => client.on('error', (error) => availability.connectionLost(asStoreError(error))));
  // An idle connection failed: its own listener above has reported it, and the pool has removed it.
  pool.on('error', () => {});
  return pool;
}

/**
 * Checks connections out of a pool. A connection that is lost or still in a transaction is closed instead of returned.
 *
 * After a connection is lost, all that were opened before are discarded when they are checked out: a firewall that
 * dropped the state of one has probably dropped that of all, and otherwise each would have to time out in turn.
 */
export function clientsOf(pool: pg.Pool, availability: Availability): WithClient {
  const openedAt = new WeakMap<pg.PoolClient, number>();
  let discardOpenedBefore = 0;
  pool.on('connect', (client) => void openedAt.set(client, performance.now()));

  async function checkOut(): Promise<pg.PoolClient> {
    for (;;) {
      const client = await mapErrors(pool.connect());
      if ((openedAt.get(client) ?? 0) >= discardOpenedBefore) return client;
      discard(client);
    }
  }

  return async (use) => {
    const client = await checkOut().catch((error: Error) => {
      availability.connectionLost(error);
      throw error;
    });
    let isLost = false;
    try {
      const result = await use(client);
      availability.responded();
      return result;
    } catch (error) {
      if (error instanceof ConnectionLost) {
        isLost = true;
        discardOpenedBefore = performance.now();
        availability.connectionLost(error);
      }
      throw error;
    } finally {
      // `I` (idle): not in a transaction.
      if (isLost || client.getTransactionStatus() !== 'I') discard(client);
      else client.release();
    }
  };
}

/** Closes the socket at once: a clean end would wait for the server, which may no longer respond. */
function discard(client: pg.PoolClient): void {
  client.connection.stream.destroy();
  client.release(true);
}
