/** Runs programs in processes of their own. All of them end with the test file at the latest. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterFile } from './cleanup.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Options {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

const limitMs = 60_000;

/** A program that is running. */
export interface Running {
  /** All that it has written so far. */
  readonly output: () => { readonly stdout: string; readonly stderr: string };
  readonly write: (line: string) => void;
  /** Rejects if the program could not be started. */
  readonly ended: Promise<Ended>;
  readonly isOver: () => boolean;
  /** SIGKILL for the program alone: what it started goes on. */
  readonly kill: () => void;
  readonly stop: () => Promise<Ended>;
}

export function start([command = '', ...args]: readonly string[], options: Options): Running {
  const child = endWithFile(
    spawn(command, args, { ...options, ...ownGroup, stdio: ['pipe', 'pipe', 'pipe'] as const }),
  );
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    output.stdout += text;
  });
  child.stderr.on('data', (text) => {
    output.stderr += text;
  });
  // EPIPE: the program ended, or closed its input, before it read everything.
  child.stdin.on('error', () => {});
  const limit = setTimeout(() => endGroup(child), limitMs);
  let over = false;
  const ended = new Promise<Ended>((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => done({ code, ...output }));
  }).finally(() => {
    over = true;
    clearTimeout(limit);
  });
  // Mark the rejection as handled: nobody has to wait for the end. Whoever does is still told.
  ended.catch(() => {});
  return {
    output: () => output,
    write: (line) => child.stdin.write(`${line}\n`),
    ended,
    isOver: () => over,
    kill: () => void child.kill('SIGKILL'),
    stop: () => {
      endGroup(child);
      return ended;
    },
  };
}

/** Runs a program to its end. */
export function runToEnd(command: readonly string[], options: Options): Promise<Ended> {
  return start(command, options).ended;
}

/** Starts a program that serves pages, and waits until it does. */
export async function startServer(command: readonly string[], port: number, options: Options): Promise<Running> {
  if (await answers(port)) throw new Error(`Port ${port} is in use already; ${command.join(' ')} needs it`);
  const running = start(command, options);
  while (!(await answers(port))) {
    await failIfOver(running);
    await new Promise((again) => setTimeout(again, 50));
  }
  return running;
}

/** Waits until a program has written something. */
export async function untilWritten(running: Running, pattern: RegExp): Promise<string> {
  for (;;) {
    const [found] = pattern.exec(running.output().stdout) ?? [];
    if (found !== undefined) return found;
    await failIfOver(running);
    await new Promise((again) => setTimeout(again, 20));
  }
}

async function failIfOver(running: Running): Promise<void> {
  if (!running.isOver()) return;
  const { code, stdout, stderr } = await running.ended;
  throw new Error(`The program ended with ${code}:\n${stdout}${stderr}`);
}

/** Option for `spawn`: the program leads a process group of its own, so that `endGroup` also ends what it started. */
export const ownGroup = { detached: true } as const;

/** Ends a program that leads its group after the last test of the file, if it is still running. */
export function endWithFile<Child extends ChildProcess>(child: Child): Child {
  afterFile(async () => {
    if (endGroup(child)) await once(child, 'exit');
  });
  return child;
}

/**
 * Returns whether the program was still running. Signals the group: a launcher such as `dotnet run` passes nothing on.
 */
function endGroup({ pid, exitCode, signalCode }: ChildProcess): boolean {
  if (pid === undefined || exitCode !== null || signalCode !== null) return false;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (problem) {
    // It ended by itself just now.
    if ((problem as NodeJS.ErrnoException).code !== 'ESRCH') throw problem;
  }
  return true;
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      done(true);
    }).once('error', () => done(false));
  });
}
