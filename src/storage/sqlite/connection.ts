import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { StoreUnavailable } from '../../ports/store/index.ts';
import type { Connection } from '../engine.ts';
import { compile, parametersFor, type Query, type Statement } from '../query.ts';
import { sqliteDialect } from './dialect.ts';
import { asStoreError } from './errors.ts';

interface Prepared {
  readonly statement: Statement;
  readonly run: StatementSync;
}

/** Runs queries on an open database. Each is prepared at its first run, and only bound and stepped from then on. */
export function connectionTo(database: DatabaseSync): Connection {
  const prepared = new WeakMap<object, Prepared>();

  function prepare(query: Query<never, unknown>): Prepared {
    const statement = compile(sqliteDialect, query);
    const entry = { statement, run: database.prepare(statement.sql) };
    prepared.set(query, entry);
    return entry;
  }

  async function rows<Args extends object, Row>(query: Query<Args, Row>, args: Args): Promise<readonly Row[]> {
    if (!database.isOpen) throw new StoreUnavailable('The store is closed');
    try {
      const { statement, run } = prepared.get(query) ?? prepare(query as Query<never, Row>);
      const parameters = parametersFor(statement, args);
      return parameters === undefined ? [] : (run.all(...parameters) as Row[]);
    } catch (error) {
      throw asStoreError(error);
    }
  }

  return { rows, first: async (query, args) => (await rows(query, args))[0] };
}
