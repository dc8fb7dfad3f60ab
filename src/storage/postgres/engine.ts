import pg from 'pg';
import { StoreUnavailable } from '../../ports/store/index.ts';
import type { Act, Engine } from '../engine.ts';
import { applyMigrations } from '../migrations/apply.ts';
import { connectionTo } from './connection.ts';
import { postgresDialect } from './dialect.ts';
import { sent } from './errors.ts';
import { inTransaction } from './transaction.ts';

/** Tells the migrators of all processes apart from whatever else locks something in the same database. */
const migrationLock = 4_703_817_223;

/** A PostgreSQL database, `postgres://…`, which any number of processes may use at once. */
export async function openPostgres(databaseUrl: string): Promise<{ engine: Engine; migrated: readonly string[] }> {
  const pool = newPool(databaseUrl);
  try {
    return { migrated: await migrate(pool), engine: engineOn(pool) };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

function newPool(databaseUrl: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'insiders',
    max: 10,
    connectionTimeoutMillis: 5000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 15_000,
    types: { getTypeParser },
  });
  // An idle connection that breaks is replaced by the pool when the next one is needed.
  pool.on('error', () => {});
  return pool;
}

/** Our 64-bit numbers are times, ids and counts: they fit into a number. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text');
}

function inLongTransaction<Result>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  return inTransaction(pool, async (client) => {
    await sent(client.query('set local statement_timeout = 0'));
    return work(client);
  });
}

/** Opens a database for one transaction, whose statements may take long. */
export async function inTransactionOn<Result>(
  databaseUrl: string,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const pool = newPool(databaseUrl);
  try {
    return await inLongTransaction(pool, work);
  } finally {
    await pool.end();
  }
}

function migrate(pool: pg.Pool): Promise<readonly string[]> {
  // Somebody else's migration is waited for.
  return inLongTransaction(pool, async (client) => {
    await sent(client.query('select pg_advisory_xact_lock($1)', [migrationLock]));
    return applyMigrations(postgresDialect, async ({ sql, parameters }) => {
      return (await sent(client.query(sql, [...parameters]))).rows;
    });
  });
}

function engineOn(pool: pg.Pool): Engine {
  const underway = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;

  async function act<Args, Result>(act: Act<Args, Result>, args: Args): Promise<Result> {
    if (closed !== undefined) throw new StoreUnavailable('The store is closed');
    const running = inTransaction(pool, (client) => act(connectionTo(client), args));
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
    ...connectionTo(pool),
    act,
    close: () => {
      closed ??= end();
      return closed;
    },
  };
}
