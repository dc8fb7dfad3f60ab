import type pg from 'pg';
import { Aborted } from '../core/transaction.ts';
import { Conflict, ConnectionLost, mapErrors } from './errors.ts';

/** Provides a connection for the time of `use`. */
export type WithClient = <Result>(use: (client: pg.Client) => Promise<Result>) => Promise<Result>;

/** How often a transaction runs at most, if it conflicts with others each time. */
const maxAttempts = 5;

/** Runs `work` in a transaction, and retries it when it conflicts with another one. */
export async function inTransaction<Result>(
  withClient: WithClient,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withClient((client) => commit(client, work));
    } catch (error) {
      if (error instanceof Aborted) return error.result as Result;
      if (!(error instanceof Conflict) || attempt === maxAttempts) throw error;
    }
  }
}

async function commit<Result>(client: pg.Client, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  try {
    await mapErrors(client.query('begin'));
    const result = await work(client);
    await mapErrors(client.query('commit'));
    return result;
  } catch (error) {
    // PostgreSQL rolls back the transaction of a lost connection by itself.
    if (!(error instanceof ConnectionLost)) await client.query('rollback').catch(() => {});
    throw error;
  }
}
