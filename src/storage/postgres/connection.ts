import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Connection } from '../core/engine.ts';
import { compile, type Parameter, parametersFor, type Query, type Statement } from '../core/query.ts';
import { postgresDialect } from './dialect.ts';
import { mapErrors } from './errors.ts';
import type { WithClient } from './transaction.ts';

interface Prepared extends Statement {
  /** The name of the prepared statement: each connection prepares it once. */
  readonly name: string;
}

const prepared = new WeakMap<object, Prepared>();

function prepare(query: Query<never, unknown>): Prepared {
  const statement = compile(postgresDialect, query);
  const entry = { ...statement, name: createHash('sha256').update(statement.sql).digest('base64url') };
  prepared.set(query, entry);
  return entry;
}

/** Runs each query on the client that `withClient` provides: any one of a pool, or always the one of a transaction. */
export function connectionTo(withClient: WithClient): Connection {
  /** @returns `undefined`: the query can match no row, and was not run */
  async function perform<Args extends object>(query: Query<Args, unknown>, args: Args) {
    const statement = prepared.get(query) ?? prepare(query as Query<never, unknown>);
    const values = parametersFor(statement, args);
    if (values === undefined) return undefined;
    return withClient((client) => send(client, statement, values));
  }
  return {
    rows: async (query, args) => (await perform(query, args))?.rows ?? [],
    first: async (query, args) => (await perform(query, args))?.rows[0],
    changed: async (query, args) => (await perform(query, args))?.rowCount ?? 0,
  };
}

function send(client: pg.Client, { name, sql }: Prepared, values: Parameter[]): Promise<pg.QueryResult> {
  return mapErrors(client.query({ name, text: sql, values }));
}
