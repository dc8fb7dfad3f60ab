import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterFile, newTemporaryDirectory } from './cleanup.ts';
import { freePort } from './ports.ts';
import { connect, createDatabase } from './postgres.ts';
import { newPostgres, stopServer } from './run/postgres-server.ts';

/** A PostgreSQL of one test file, which may be treated badly. It is stopped after the last test of the file. */
export interface OwnPostgres {
  /** The address of its database. */
  readonly databaseUrl: string;
  readonly port: number;
  /**
   * SIGKILL to the server itself, as the kernel does when memory runs out. The processes of its connections end by
   * themselves.
   */
  crash(): void;
  /** Starts it again, and waits until it accepts connections. */
  restart(): Promise<void>;
  /** SIGSTOP to all its processes: connections stay open, and nothing is answered until it goes on. */
  pause(): void;
  goOn(): void;
}

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
      // It refuses to start until the last process of the old one is gone.
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
