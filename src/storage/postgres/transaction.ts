import type pg from 'pg';
import { Withdrawn } from '../engine.ts';
import { Conflict, sent } from './errors.ts';

const attempts = 5;

/** Runs `work` in one transaction, and again if it got in the way of another one. */
export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    const client = await sent(pool.connect());
    try {
      return await commit(client, work);
    } catch (error) {
      if (error instanceof Withdrawn) return error.answer as Result;
      if (!(error instanceof Conflict) || attempt === attempts) throw error;
    }
  }
}

async function commit<Result>(
  client: pg.PoolClient,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  try {
    await sent(client.query('begin'));
    const result = await work(client);
    await sent(client.query('commit'));
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
