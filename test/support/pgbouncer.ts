import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { freePort } from './free-port.ts';
import { connect, createDatabase } from './postgres.ts';
import { type LaunchedServer, launchPgBouncer, newServerDirectory } from './postgres-process.ts';

const program = '/usr/sbin/pgbouncer';

/** Tests that need it are left out where it is not installed, but fail where the project is checked. */
export const hasPgBouncer = existsSync(program) || process.env.CI === 'true';

/** PgBouncer in front of a new database of the PostgreSQL of this run. @returns the address of the database through it */
export async function startPgBouncer(
  mode: 'session' | 'transaction' | 'statement',
  settings: readonly string[] = [],
): Promise<{ readonly databaseUrl: string; readonly server: LaunchedServer }> {
  const database = new URL(await createDatabase());
  const { hostname, port } = new URL(inject('postgres').url);
  const name = database.pathname.slice(1);
  const directory = newServerDirectory('insiders-pgbouncer-');
  const listens = await freePort();
  const lines = [
    '[databases]',
    `${name} = host=${hostname} port=${port} user=postgres`,
    '[pgbouncer]',
    `pool_mode = ${mode}`,
    'listen_addr = 127.0.0.1',
    `listen_port = ${listens}`,
    'unix_socket_dir =',
    'auth_type = any',
    ...settings,
  ];
  writeFileSync(join(directory, 'pgbouncer.ini'), `${lines.join('\n')}\n`);
  const server = launchPgBouncer(program, directory, listens);
  await server.start();
  const databaseUrl = `${server.url}${database.pathname}`;
  await (await connect(databaseUrl)).end();
  return { databaseUrl, server };
}
