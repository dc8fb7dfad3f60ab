import type pg from 'pg';
import { Aborted } from '../core/transaction.ts';
import { Conflict, ConnectionLost, sent } from './errors.ts';

/** Lends a connection for the time of `use`. */
export type Lend = <Result>(use: (client: pg.Client) => Promise<Result>) => Promise<Result>;

const attempts = 5;

/** Runs `work` in one transaction, and again if it got in the way of another one. */
export async function inTransaction<Result>(lend: Lend, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await lend((client) => commit(client, work));
    } catch (error) {
      if (error instanceof Aborted) return error.result as Result;
      if (!(error instanceof Conflict) || attempt === attempts) throw error;
    }
  }
}

async function commit<Result>(client: pg.Client, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  try {
    await sent(client.query('begin'));
    const result = await work(client);
    await sent(client.query('commit'));
    return result;
  } catch (error) {
    // PostgreSQL itself rolls back what was done on a connection that is lost.
    if (!(error instanceof ConnectionLost)) await client.query('rollback').catch(() => {});
    throw error;
  }
}
