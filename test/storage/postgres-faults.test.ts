import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StoreUnavailable } from '../../src/ports/store/index.ts';
import { openStore } from '../../src/storage/open.ts';
import { createSchema } from '../support/postgres.ts';
import { makeUser } from './contract/fixtures.ts';

describe('PostgreSQL', () => {
  it('is unavailable where no server is', async () => {
    await expect(openStore({ databaseUrl: 'postgres://127.0.0.1:1/none' })).rejects.toThrow(StoreUnavailable);
  });

  it('is used again after the server ended all connections', async () => {
    const databaseUrl = await createSchema();
    const store = await openStore({ databaseUrl });
    onTestFinished(() => store.close());
    const user = await makeUser(store);

    const administrator = new pg.Client({ connectionString: databaseUrl });
    await administrator.connect();
    await administrator.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
    await administrator.end();

    // What was under way is refused, nothing else.
    await expect.poll(() => store.users.find(user.id)).toEqual(user);
    await store.maintenance.check({ write: true });
  });
});
