import { createHash } from 'node:crypto';
import pg from 'pg';
import { type Act, type Connection, type Engine, Withdrawn } from '../engine.ts';
import { applyMigrations } from '../migrations/apply.ts';
import { compile, parametersFor, type Query, type Statement } from '../query.ts';
import { postgresDialect } from './dialect.ts';
import { asStoreError, isWorthRetrying } from './errors.ts';

/** Tells the migrators of all processes apart from whatever else locks something in the same database. */
const migrationLock = 4_703_817_223;

const attempts = 5;

/** A PostgreSQL database, `postgres://…`, which any number of processes may use at once. */
export async function openPostgres(databaseUrl: string): Promise<{ engine: Engine; migrated: readonly string[] }> {
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

  /** Runs `work` in one transaction, and again if it got in the way of another one. */
  async function inTransaction<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await transactionOn(await pool.connect(), work);
      } catch (error) {
        if (error instanceof Withdrawn) return error.answer as Result;
        if (attempt === attempts || !isWorthRetrying(error)) throw asStoreError(error);
      }
    }
  }

  const migrate = () =>
    inTransaction(async (client) => {
      await client.query('set local statement_timeout = 0');
      await client.query('select pg_advisory_xact_lock($1)', [migrationLock]);
      return applyMigrations(postgresDialect, async ({ sql, parameters }) => {
        const { rows } = await client.query(sql, [...parameters]);
        return rows;
      });
    });

  try {
    const migrated = await migrate();
    const engine: Engine = {
      ...connectionTo(pool),
      act: <Args, Result>(act: Act<Args, Result>, args: Args) =>
        inTransaction((client) => act(connectionTo(client), args)),
      close: async () => {
        if (!pool.ended) await pool.end();
      },
    };
    return { engine, migrated };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function transactionOn<Result>(
  client: pg.PoolClient,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    const undone = await client.query('rollback').then(
      () => true,
      () => false,
    );
    // A connection that can't even roll back is of no use to the next one.
    client.release(!undone);
    throw error;
  }
}

interface Prepared extends Statement {
  /** The server prepares a statement once per connection under this name. */
  readonly name: string;
}

const prepared = new WeakMap<object, Prepared>();

function prepare(query: Query<never, unknown>): Prepared {
  const statement = compile(postgresDialect, query);
  const entry = { ...statement, name: createHash('sha256').update(statement.sql).digest('base64url') };
  prepared.set(query, entry);
  return entry;
}

function connectionTo(client: pg.Pool | pg.PoolClient): Connection {
  async function rows<Args extends object, Row>(query: Query<Args, Row>, args: Args): Promise<readonly Row[]> {
    const statement = prepared.get(query) ?? prepare(query as Query<never, Row>);
    const values = parametersFor(statement, args);
    if (values === undefined) return [];
    try {
      const result = await client.query({ name: statement.name, text: statement.sql, values });
      return result.rows;
    } catch (error) {
      throw isWorthRetrying(error) ? error : asStoreError(error);
    }
  }
  return { rows, first: async (query, args) => (await rows(query, args))[0] };
}

/** Our 64-bit numbers are times, ids and counts: they fit into a number. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text');
}
