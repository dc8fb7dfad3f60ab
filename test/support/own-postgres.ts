import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import { freePort } from './free-port.ts';
import { connect, createDatabase } from './postgres.ts';
import { launchPostgres, newServerDirectory } from './postgres-process.ts';

/** A PostgreSQL of one test, which may be treated badly. */
export interface OwnPostgres {
  /** The address of its database. */
  readonly databaseUrl: string;
  readonly port: number;
  /** SIGKILL to the server itself, as the kernel does when memory runs out. The processes of its connections end by themselves. */
  crash(): void;
  /** Starts it again, and waits until it accepts connections. */
  restart(): Promise<void>;
  /** SIGSTOP to all its processes: connections stay open, and nothing is answered until it goes on. */
  pause(): void;
  goOn(): void;
  stop(): Promise<void>;
}

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const port = await freePort();
  const server = launchPostgres(inject('postgres').programs, newServerDirectory('insiders-own-postgres-'), port);
  let pid = await server.start();
  const databaseUrl = await createDatabase(server.url);
  const signal = (name: NodeJS.Signals) => {
    for (const each of [pid, ...childrenOf(pid)]) process.kill(each, name);
  };
  return {
    databaseUrl,
    port,
    crash: () => void process.kill(pid, 'SIGKILL'),
    async restart() {
      // It refuses to start until the last process of the old one is gone.
      for (;;) {
        pid = await server.start();
        await sleep(200);
        if (isRunning(pid)) break;
      }
      await (await connect(databaseUrl)).end();
    },
    pause: () => signal('SIGSTOP'),
    goOn: () => signal('SIGCONT'),
    stop: () => server.stop(),
  };
}

function childrenOf(pid: number): readonly number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

/** A process that has ended and that nobody waited for yet is a zombie: its state is Z. */
function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
