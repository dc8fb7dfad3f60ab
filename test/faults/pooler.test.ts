import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildOnce, run } from '../cli/run.ts';
import { hasPgBouncer, startPgBouncer } from '../support/database/pgbouncer.ts';
import { connect } from '../support/database/postgres.ts';
import { freePort } from '../support/processes/ports.ts';
import { Load, startNode } from './database-load.ts';

beforeAll(buildOnce, 120_000);

const pooled =
  /^A connection pooler in front of PostgreSQL shares connections .* Set pool_mode = session .* or connect to PostgreSQL directly\.\n$/;

describe.runIf(hasPgBouncer)('behind PgBouncer', () => {
  it.each([
    ['transaction', []],
    ['transaction', ['default_pool_size = 1']],
    ['transaction', ['server_round_robin = 1', 'min_pool_size = 2']],
    ['transaction', ['server_round_robin = 1', 'min_pool_size = 3']],
    ['transaction', ['ignore_startup_parameters = options']],
    ['statement', []],
    ['statement', ['server_round_robin = 1', 'min_pool_size = 2']],
  ] as const)('in %s mode (%s), serve and doctor fail and say what to do instead', async (mode, settings) => {
    const databaseUrl = await startPgBouncer(mode, settings);
    const serve = await run(['serve', '--port', String(await freePort()), '--database-url', databaseUrl]);
    expect(serve).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(pooled) });
    const doctor = await run(['doctor', '--json', '--database-url', databaseUrl]);
    expect(doctor.code).toBe(1);
    const { findings } = JSON.parse(doctor.stdout);
    expect(findings).toContainEqual({
      check: 'database',
      result: 'failed',
      text: expect.stringMatching(new RegExp(pooled.source.replace('\\n', ''))),
    });
  });

  it('in transaction mode, migrate detects it under the load of other clients', { timeout: 60_000 }, async () => {
    const databaseUrl = await startPgBouncer('transaction', ['default_pool_size = 5']);
    const others = await Promise.all(Array.from({ length: 4 }, () => connect(databaseUrl)));
    let stopped = false;
    const traffic = others.map(async (client) => {
      while (!stopped) await client.query('select pg_sleep(0.001)');
      await client.end();
    });
    for (let time = 1; time <= 5; time += 1) {
      const ran = await run(['migrate', '--database-url', databaseUrl]);
      expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(pooled) });
    }
    stopped = true;
    await Promise.all(traffic);
  });

  it('in transaction mode, changes no setting for other clients', async () => {
    const databaseUrl = await startPgBouncer('transaction');
    const other = await connect(databaseUrl);
    const settings = async () =>
      (
        await other.query(`select current_setting('statement_timeout') as one,
        current_setting('idle_in_transaction_session_timeout') as two`)
      ).rows;
    const before = await settings();
    await run(['serve', '--port', String(await freePort()), '--database-url', databaseUrl]);
    expect(await settings()).toEqual(before);
    await other.end();
  });

  it('in session mode, a server succeeds as with PostgreSQL itself', { timeout: 60_000 }, async () => {
    const databaseUrl = await startPgBouncer('session', ['default_pool_size = 25']);
    const node = await startNode(databaseUrl);
    onTestFinished(() => node.server.kill());
    const load = new Load();
    load.start(node);
    await expect.poll(() => load.statuses[200] ?? 0, { timeout: 20_000 }).toBeGreaterThan(200);
    await load.stop();
    expect(load.failures).toEqual([]);
    expect(Object.keys(load.statuses)).toEqual(['200']);
    expect((await run(['doctor', '--database-url', databaseUrl])).stdout).toMatch(/ok +database/);
    expect(await node.server.stop()).toBe(0);
  });

  it('the error names a parameter of the URL that PgBouncer refuses', async () => {
    const databaseUrl = await startPgBouncer('session');
    const ran = await run(['migrate', '--database-url', `${databaseUrl}?options=-c%20search_path%3Dours`]);
    expect(ran).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/refuses the parameter "options"\. Remove it from DATABASE_URL/),
    });
  });
});
