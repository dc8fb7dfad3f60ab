/** PostgreSQL and PgBouncer as processes that a test starts and that never outlive the test run. */
import { spawn } from 'node:child_process';
import { chownSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** PostgreSQL and PgBouncer refuse to run as root; every machine has this user. */
const nobody = { uid: 65534, gid: 65534 };
const isRoot = process.getuid?.() === 0;

/*
 * Each line on standard input starts the server, and its process id is printed. The shell ends the server and removes its
 * files as soon as its standard input closes, which also happens when the test run is killed: nothing is ever left behind.
 * The signal is repeated, because a server that has only just begun may miss it.
 */
const untilClosed = `
while read -r _; do
  "$@" >> log 2>&1 &
  server=$!
  echo "$server"
done
while kill -INT "$server" 2> /dev/null; do sleep 0.2; done &
wait "$server"
rm -rf "$PWD"
`;

const initialized = `
"$1/initdb" --pgdata=data --username=postgres --auth=trust --encoding=UTF8 --locale=C --no-sync --no-instructions > log 2>&1
set -- "$1/postgres" -D data -p "$2" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \\
  -c max_connections=200 -c fsync=off
${untilClosed}`;

export interface LaunchedServer {
  /** Its address, without a database. */
  readonly url: string;
  /** The file it logs to. */
  readonly log: string;
  /** Starts it, or starts it again. @returns its process id, as soon as there is one; it may not accept connections yet */
  start(): Promise<number>;
  /** Ends it, and removes its directory. */
  stop(): Promise<void>;
}

/** A directory for {@link launchPostgres} or {@link launchPgBouncer}, which remove it. */
export function newServerDirectory(prefix: string): string {
  const directory = mkdtempSync(join(tmpdir(), prefix));
  if (isRoot) chownSync(directory, nobody.uid, nobody.gid);
  return directory;
}

/** A new PostgreSQL with its data in `directory`. `programs`: where `initdb` and `postgres` are. */
export function launchPostgres(programs: string, directory: string, port: number): LaunchedServer {
  return launch(initialized, [programs, String(port)], directory, `postgres://postgres@127.0.0.1:${port}`);
}

/** PgBouncer with the settings in `pgbouncer.ini` of its directory. */
export function launchPgBouncer(program: string, directory: string, port: number): LaunchedServer {
  return launch(untilClosed, [program, 'pgbouncer.ini'], directory, `postgres://postgres@127.0.0.1:${port}`);
}

function launch(script: string, args: readonly string[], directory: string, url: string): LaunchedServer {
  const shell = spawn('sh', ['-c', script, 'sh', ...args], {
    cwd: directory,
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(isRoot && nobody),
  });
  const ended = new Promise<void>((done) => shell.once('exit', () => done()));
  const lines = createInterface(shell.stdout)[Symbol.asyncIterator]();
  return {
    url,
    log: join(directory, 'log'),
    start: async () => {
      shell.stdin.write('start\n');
      return Number((await lines.next()).value);
    },
    stop: async () => {
      shell.stdin.end();
      await ended;
    },
  };
}
