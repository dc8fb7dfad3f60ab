/*
 * `keeper.ts DIRECTORY PORT`: runs PostgreSQL on that port for a test run. When its standard input closes, which also
 * happens when the run is killed, it stops PostgreSQL, kills every other process of the run, and removes the directory.
 * It runs as the user of the run: if that is root, PostgreSQL runs as another user, whose files only root can remove.
 */
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processesOf } from './leftovers.ts';
import { newPostgres, stopServer } from './postgres-server.ts';

const [directory = '', port = ''] = process.argv.slice(2);
try {
  const postgres = startPostgres(join(directory, 'postgres'), Number(port));
  process.stdin.resume().on('error', () => {});
  await once(process.stdin, 'close');
  await postgres.stop();
} finally {
  await killProcesses();
  rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
}

/** Does not wait until the server is ready: clients retry. */
function startPostgres(home: string, listenPort: number): { stop(): Promise<void> } {
  mkdirSync(home, { mode: 0o700 });
  const postgres = newPostgres(home, listenPort);
  let current = postgres.initialize();
  let stopping = false;
  current.once('exit', (code) => {
    if (code === 0 && !stopping) current = postgres.run();
  });
  return {
    stop: () => {
      stopping = true;
      return stopServer(current);
    },
  };
}

/** Repeats until no process is left: a process may start another one before it is killed. */
async function killProcesses(): Promise<void> {
  for (let found = processesOf(directory); found.length > 0; found = processesOf(directory)) {
    for (const { pid } of found) kill(pid);
    await sleep(100);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just exited.
  }
}
