import type pg from 'pg';
import { StoreUnavailable } from '../../ports/store/index.ts';
import type { Engine, Transaction } from '../core/engine.ts';
import { applyMigrations } from '../migrations/apply.ts';
import { Availability } from './availability.ts';
import { withClient } from './client.ts';
import { connectionTo } from './connection.ts';
import { postgresDialect } from './dialect.ts';
import { sent } from './errors.ts';
import { lendFrom, newPool } from './pool.ts';
import { refuseSharing } from './pooler.ts';
import { limits } from './settings.ts';
import { inTransaction } from './transaction.ts';

/** Tells the migrators of all processes apart from whatever else locks something in the same database. */
const migrationLock = 4_703_817_223;

/** A PostgreSQL database, `postgres://…`, which any number of processes may use at once. */
export async function openPostgres(databaseUrl: string): Promise<{ engine: Engine; migrated: readonly string[] }> {
  return { migrated: await migrate(databaseUrl), engine: engineOn(databaseUrl) };
}

/**
 * Opens a database for one transaction, whose statements may take as long as they need: only the kernel notices that
 * PostgreSQL can't be heard any more ({@link limits}.keepAlive).
 */
export function inTransactionOn<Result>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  return withClient(databaseUrl, async (client) => {
    await refuseSharing(databaseUrl, client);
    return inTransaction(
      (use) => use(client),
      async () => {
        await sent(client.query('set local statement_timeout = 0'));
        await sent(client.query(`set local idle_in_transaction_session_timeout = ${limits.idleInLongTransaction}`));
        return work(client);
      },
    );
  });
}

function migrate(databaseUrl: string): Promise<readonly string[]> {
  // Somebody else's migration is waited for.
  return inTransactionOn(databaseUrl, async (client) => {
    await sent(client.query('select pg_advisory_xact_lock($1)', [migrationLock]));
    return applyMigrations(postgresDialect, async ({ sql, parameters }) => {
      return (await sent(client.query(sql, [...parameters]))).rows;
    });
  });
}

function engineOn(databaseUrl: string): Engine {
  const availability = new Availability();
  const pool = newPool(databaseUrl, availability);
  const lend = lendFrom(pool, availability);
  const underway = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;

  async function transact<Args, Result>(transaction: Transaction<Args, Result>, args: Args): Promise<Result> {
    if (closed !== undefined) throw new StoreUnavailable('The store is closed');
    const running = inTransaction(lend, (client) =>
      transaction(
        connectionTo((use) => use(client)),
        args,
      ),
    );
    underway.add(running);
    try {
      return await running;
    } finally {
      underway.delete(running);
    }
  }

  async function end(): Promise<void> {
    await Promise.allSettled(underway);
    await pool.end();
  }

  return {
    ...connectionTo(lend),
    transact,
    onAvailability: (listener) => {
      availability.listener = listener;
    },
    close: () => {
      closed ??= end();
      return closed;
    },
  };
}
