import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { newTemporaryDirectory } from './cleanup.ts';
import { freePort } from './ports.ts';
import { connect, createDatabase } from './postgres.ts';
import { endWithFile } from './programs.ts';
import { startUnprivileged } from './run/postgres-server.ts';

const program = '/usr/sbin/pgbouncer';

/** Tests that need it are left out where it is not installed, but fail where the project is checked. */
export const hasPgBouncer = existsSync(program) || process.env.CI === 'true';

/**
 * PgBouncer in front of a new database of the PostgreSQL of this run, until the end of the test file.
 * @returns the address of the database through it
 */
export async function startPgBouncer(
  mode: 'session' | 'transaction' | 'statement',
  settings: readonly string[] = [],
): Promise<string> {
  const database = new URL(await createDatabase());
  const { hostname, port } = new URL(inject('postgres').url);
  const name = database.pathname.slice(1);
  const directory = newTemporaryDirectory('pgbouncer');
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
  endWithFile(startUnprivileged(program, ['pgbouncer.ini'], directory));
  const databaseUrl = `postgres://postgres@127.0.0.1:${listens}${database.pathname}`;
  await (await connect(databaseUrl)).end();
  return databaseUrl;
}
