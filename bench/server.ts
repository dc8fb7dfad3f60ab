/** Starts and stops what is measured: each subject is a process of its own, all on one core. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const origin = (port: number) => `http://127.0.0.1:${port}`;

/** Whether processes can be tied to a core here. */
export const canPin = spawnSync('taskset', ['--version']).status === 0;

export interface Server {
  readonly port: number;
  /** ms from the start of the process to its first answer. */
  readonly firstAnswerMs: number;
  /** What the subject had to say, if it says something. */
  readonly message: Promise<Record<string, string>>;
  /** Resident memory now, in bytes. */
  rss(): number;
  stop(): Promise<void>;
}

/** Runs a subject on `cores` and waits for its first answer. `args`: a script, and what follows it. */
export async function start(
  args: readonly string[],
  port: number,
  env: Record<string, string>,
  cores = '0',
): Promise<Server> {
  const pin = canPin ? ['taskset', '-c', cores] : [];
  const [program = process.execPath, ...rest] = [...pin, process.execPath, ...args];
  const begun = performance.now();
  const child = spawn(program, rest, {
    cwd: root,
    env: {
      ...process.env,
      INSIDERS_PORT: String(port),
      INSIDERS_API_REQUESTS_PER_MINUTE: '0',
      INSIDERS_LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const message = new Promise<Record<string, string>>((resolve) => child.once('message', resolve as () => void));
  await firstAnswer(port, child);
  return {
    port,
    firstAnswerMs: performance.now() - begun,
    message,
    rss: () => residentBytes(child.pid),
    stop: () => stop(child),
  };
}

async function firstAnswer(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 3000; tries += 1) {
    if (child.exitCode !== null) throw new Error(`The subject on port ${port} ended with ${child.exitCode}`);
    try {
      await (await fetch(`${origin(port)}/healthz`)).arrayBuffer();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  throw new Error(`The subject on port ${port} does not answer`);
}

function residentBytes(pid: number | undefined): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? Number.NaN) * 1024;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
