/** Starts, pauses and stops what is measured: each subject is a process of its own, all on one core. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { atExit } from './cleanup.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
export const origin = (port: number) => `http://127.0.0.1:${port}`;

/** Whether processes can be tied to a core here. */
export const canPin = spawnSync('taskset', ['--version']).status === 0;

/** What a process used since it started. */
interface Used {
  /** Of all its threads. */
  readonly cpuSeconds: number;
  /** Handed to the disk. */
  readonly writtenBytes: number;
}

export interface Server {
  readonly port: number;
  /** ms from the start of the process to its first answer. */
  readonly firstAnswerMs: number;
  /** Resident memory now, in bytes. */
  rss(): number;
  used(): Used;
  /** Keeps it from running until {@link resume}, so that what it does on the side takes nothing from others. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

const startMs = 60_000;
/** Clock ticks of /proc in a second (`getconf CLK_TCK`). */
const ticks = 100;

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
      NODE_ENV: 'production',
      INSIDERS_PORT: String(port),
      INSIDERS_API_REQUESTS_PER_MINUTE: '0',
      // All load comes from one network, which may hold a quarter of the queue; what a measurement that just ended left
      // there, too.
      INSIDERS_PASSWORD_QUEUE: '400',
      INSIDERS_LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  // A benchmark that fails must not leave its subjects running. One that is paused ends by nothing else.
  atExit(() => child.kill('SIGKILL'));
  await firstAnswer(port, child);
  return {
    port,
    firstAnswerMs: performance.now() - begun,
    rss: () => residentBytes(child.pid),
    used: () => used(child.pid),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop: () => stop(child),
  };
}

async function firstAnswer(port: number, child: ChildProcess): Promise<void> {
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
  throw new Error(`The subject on port ${port} does not answer`);
}

function residentBytes(pid: number | undefined): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? Number.NaN) * 1024;
}

function used(pid: number | undefined): Used {
  // Behind the name of the program, which may hold anything, the 12th and 13th are user and system time.
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
