/** Starts, pauses and stops the subjects: each is a process of its own, and all run on one core. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { atExit } from './cleanup.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
export const origin = (port: number) => `http://127.0.0.1:${port}`;

/** Whether this system can pin processes to a core. */
export const canPin = spawnSync('taskset', ['--version']).status === 0;

/** What a process used since its start. */
interface Used {
  /** CPU time of all threads. */
  readonly cpuSeconds: number;
  /** Bytes written to the disk. */
  readonly writtenBytes: number;
}

export interface Server {
  readonly port: number;
  /** Milliseconds from the start of the process to its first response. */
  readonly firstResponseMs: number;
  /** Resident memory now, in bytes. */
  rss(): number;
  used(): Used;
  /** Stops the process until {@link resume}, so that its background work takes no time from others. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

const startMs = 60_000;
/** Clock ticks of /proc in a second (`getconf CLK_TCK`). */
const ticks = 100;

/** Starts a subject on `cores` and waits for its first response. `args`: a script and its arguments. */
export async function start(
  args: readonly string[],
  port: number,
  env: Record<string, string>,
  cores = '0',
): Promise<Server> {
  const pin = canPin ? ['taskset', '-c', cores] : [];
  const [program = process.execPath, ...rest] = [...pin, process.execPath, ...args];
  const startedAt = performance.now();
  const child = spawn(program, rest, {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      INSIDERS_PORT: String(port),
      INSIDERS_API_REQUESTS_PER_MINUTE: '0',
      // All load comes from one network, which can use a quarter of the queue. The queue may also hold requests of the
      // measurement before.
      INSIDERS_PASSWORD_QUEUE: '400',
      INSIDERS_LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  // A failed benchmark must not leave its subjects running. Only SIGKILL ends a paused process.
  atExit(() => child.kill('SIGKILL'));
  await waitForResponse(port, child);
  return {
    port,
    firstResponseMs: performance.now() - startedAt,
    rss: () => residentBytes(child.pid),
    used: () => used(child.pid),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop: () => stop(child),
  };
}

async function waitForResponse(port: number, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + startMs;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The subject on port ${port} ended with ${child.exitCode}`);
    try {
      await (await fetch(`${origin(port)}/healthz`)).arrayBuffer();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  throw new Error(`The subject on port ${port} does not respond`);
}

function residentBytes(pid: number | undefined): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? Number.NaN) * 1024;
}

function used(pid: number | undefined): Used {
  // After the program name, which can contain spaces, user and system time are the 12th and 13th field.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  const cpuSeconds = (Number(fields[11]) + Number(fields[12])) / ticks;
  const written = /^write_bytes: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'));
  return { cpuSeconds, writtenBytes: Number(written?.[1] ?? Number.NaN) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGCONT');
  child.kill('SIGTERM');
  await ended;
}
