/** A PostgreSQL server of a single test file, which the tests may crash and pause. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterFile, newTemporaryDirectory } from '../processes/cleanup.ts';
import { freePort } from '../processes/ports.ts';
import { newPostgres, stopServer } from '../run/postgres-server.ts';
import { connect, createDatabase } from './postgres.ts';

/** A PostgreSQL server of one test file. It is stopped after the last test of the file. */
export interface OwnPostgres {
  /** The URL of its database. */
  readonly databaseUrl: string;
  readonly port: number;
  /** Sends SIGKILL to the server process, as the kernel does when it runs out of memory. Its child processes exit. */
  crash(): void;
  /** Starts the server again and waits until it accepts connections. */
  restart(): Promise<void>;
  /** Sends SIGSTOP to all its processes: connections stay open, but get no responses until `goOn`. */
  pause(): void;
  /** Sends SIGCONT to all its processes. */
  goOn(): void;
}

/** Creates and starts a PostgreSQL server with an empty database. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const port = await freePort();
  const directory = newTemporaryDirectory('own-postgres');
  const postgres = newPostgres(directory, port);
  const [code] = await once(postgres.initialize(), 'exit');
  if (code !== 0) throw new Error(`PostgreSQL could not be set up:\n${readFileSync(`${directory}/log`, 'utf8')}`);
  let server = postgres.run();
  const signal = (name: NodeJS.Signals) => {
    for (const pid of [server.pid ?? 0, ...childrenOf(server)]) process.kill(pid, name);
  };
  afterFile(async () => {
    if (isRunning(server)) signal('SIGCONT');
    await stopServer(server);
  });
  const databaseUrl = await createDatabase(`postgres://postgres@127.0.0.1:${port}`);
  return {
    databaseUrl,
    port,
    crash: () => void server.kill('SIGKILL'),
    async restart() {
      // PostgreSQL does not start until the last process of the old server has exited.
      do {
        server = postgres.run();
        await sleep(200);
      } while (!isRunning(server));
      await (await connect(databaseUrl)).end();
    },
    pause: () => signal('SIGSTOP'),
    goOn: () => signal('SIGCONT'),
  };
}

function childrenOf({ pid }: ChildProcess): readonly number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}
