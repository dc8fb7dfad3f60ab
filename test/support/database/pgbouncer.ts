/** PgBouncer, a connection pooler, in front of the PostgreSQL server of the run. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { newTemporaryDirectory } from '../processes/cleanup.ts';
import { freePort } from '../processes/ports.ts';
import { endWithFile } from '../processes/processes.ts';
import { startUnprivileged } from '../run/postgres-server.ts';
import { connect, createDatabase } from './postgres.ts';

const program = '/usr/sbin/pgbouncer';

/** Whether tests with PgBouncer run: not where it is not installed. In CI they run anyway, and fail without it. */
export const hasPgBouncer = existsSync(program) || process.env.CI === 'true';

/**
 * Starts PgBouncer in front of a new database. It stops with the test file.
 * @returns the URL of the database through PgBouncer
 */
export async function startPgBouncer(
  mode: 'session' | 'transaction' | 'statement',
  settings: readonly string[] = [],
): Promise<string> {
  const database = new URL(await createDatabase());
  const { hostname, port } = new URL(inject('postgres').url);
  const name = database.pathname.slice(1);
  const directory = newTemporaryDirectory('pgbouncer');
  const listenPort = await freePort();
  const lines = [
    '[databases]',
    `${name} = host=${hostname} port=${port} user=postgres`,
    '[pgbouncer]',
    `pool_mode = ${mode}`,
    'listen_addr = 127.0.0.1',
    `listen_port = ${listenPort}`,
    'unix_socket_dir =',
    'auth_type = any',
    ...settings,
  ];
  writeFileSync(join(directory, 'pgbouncer.ini'), `${lines.join('\n')}\n`);
  endWithFile(startUnprivileged(program, ['pgbouncer.ini'], directory));
  const databaseUrl = `postgres://postgres@127.0.0.1:${listenPort}${database.pathname}`;
  await (await connect(databaseUrl)).end();
  return databaseUrl;
}
