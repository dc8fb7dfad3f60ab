import type pg from 'pg';
import type { AuditKey } from '../../ports/keys.ts';
import { StoreUnavailable } from '../../ports/store/index.ts';
import type { Engine, Transaction } from '../core/engine.ts';
import { applyMigrations } from '../migrations/apply.ts';
import { Availability } from './availability.ts';
import { withNewClient } from './client.ts';
import { connectionTo } from './connection.ts';
import { postgresDialect } from './dialect.ts';
import { mapErrors } from './errors.ts';
import { clientsOf, newPool } from './pool.ts';
import { refuseSharedConnections } from './pooler.ts';
import { timeouts } from './settings.ts';
import { inTransaction } from './transaction.ts';

/** The key of the advisory lock under which one process at a time migrates. An arbitrary number. */
const migrationLock = 4_703_817_223;

/**
 * Migrates and opens a PostgreSQL database, `postgres://…`. Any number of processes may use it at once.
 * @throws {StoreUnavailable} it can't be reached
 * @throws {UnsupportedDatabase} a connection pooler in front of it shares connections between transactions
 * @throws {Error} it belongs to a newer release
 */
export async function openPostgres(databaseUrl: string): Promise<{ engine: Engine; migrated: readonly string[] }> {
  return { migrated: await migrate(databaseUrl), engine: engineOn(databaseUrl) };
}

/**
 * Opens a database for one transaction, whose statements may take any time: only TCP keep-alive detects that PostgreSQL
 * no longer responds ({@link timeouts}.keepAlive).
 */
export function inTransactionOn<Result>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  return withNewClient(databaseUrl, async (client) => {
    await refuseSharedConnections(databaseUrl, client);
    return inTransaction(
      (use) => use(client),
      async () => {
        await mapErrors(client.query('set local statement_timeout = 0'));
        await mapErrors(
          client.query(`set local idle_in_transaction_session_timeout = ${timeouts.idleInLongTransaction}`),
        );
        return work(client);
      },
    );
  });
}

function migrate(databaseUrl: string): Promise<readonly string[]> {
  // The lock waits for the migration of another process.
  return inTransactionOn(databaseUrl, async (client) => {
    await mapErrors(client.query('select pg_advisory_xact_lock($1)', [migrationLock]));
    return applyMigrations(postgresDialect, async ({ sql, parameters }) => {
      return (await mapErrors(client.query(sql, [...parameters]))).rows;
    });
  });
}

function engineOn(databaseUrl: string): Engine {
  const availability = new Availability();
  const pool = newPool(databaseUrl, availability);
  const withClient = clientsOf(pool, availability);
  const running = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;
  let auditKey: (() => AuditKey | undefined) | undefined;

  async function transact<Args, Result>(transaction: Transaction<Args, Result>, args: Args): Promise<Result> {
    if (closed !== undefined) throw new StoreUnavailable('The store is closed');
    const key = 'recorded' in transaction.recording ? auditKey?.() : undefined;
    const result = inTransaction(withClient, (client) =>
      transaction({ ...connectionTo((use) => use(client)), auditKey: key }, args),
    );
    running.add(result);
    try {
      return await result;
    } finally {
      running.delete(result);
    }
  }

  async function closePool(): Promise<void> {
    await Promise.allSettled(running);
    await pool.end();
  }

  return {
    ...connectionTo(withClient),
    transact,
    useAuditKey: (key) => {
      auditKey = key;
    },
    onAvailability: (listener) => {
      availability.listener = listener;
    },
    close: () => {
      closed ??= closePool();
      return closed;
    },
  };
}
