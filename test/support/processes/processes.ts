/** Runs programs as child processes. All of them are killed after the last test of the file at the latest. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterFile } from './cleanup.ts';

/** The result of a process; `code` is `null` if a signal terminated it. */
export interface ExitResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

const limitMs = 60_000;

/** A process that a test started. */
export interface RunningProcess {
  /** Everything that it has written so far. */
  readonly output: () => { readonly stdout: string; readonly stderr: string };
  /** Writes a line to its standard input. */
  readonly write: (line: string) => void;
  /** Rejects if the program could not be started. */
  readonly ended: Promise<ExitResult>;
  readonly isOver: () => boolean;
  /** Sends SIGKILL to the program, not to its child processes. */
  readonly kill: () => void;
  /** Kills the program and its child processes, and waits for the end. */
  readonly stop: () => Promise<ExitResult>;
}

/** Starts a program. It is killed after 60 seconds. */
export function startProcess([command = '', ...args]: readonly string[], options: ProcessOptions): RunningProcess {
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
  const ended = new Promise<ExitResult>((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => done({ code, ...output }));
  }).finally(() => {
    over = true;
    clearTimeout(limit);
  });
  // Marks the rejection as handled for tests that do not await `ended`.
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

/** Runs a program until it exits. */
export function runToEnd(command: readonly string[], options: ProcessOptions): Promise<ExitResult> {
  return startProcess(command, options).ended;
}

/** Starts a program that listens on a port, and waits until it does. */
export async function startServerProcess(
  command: readonly string[],
  port: number,
  options: ProcessOptions,
): Promise<RunningProcess> {
  if (await isListening(port)) throw new Error(`Port ${port} is in use already; ${command.join(' ')} needs it`);
  const running = startProcess(command, options);
  while (!(await isListening(port))) {
    await failIfExited(running);
    await new Promise((again) => setTimeout(again, 50));
  }
  return running;
}

/** Waits until the standard output of a program matches, and returns the match. */
export async function waitForOutput(running: RunningProcess, pattern: RegExp): Promise<string> {
  for (;;) {
    const [found] = pattern.exec(running.output().stdout) ?? [];
    if (found !== undefined) return found;
    await failIfExited(running);
    await new Promise((again) => setTimeout(again, 20));
  }
}

async function failIfExited(running: RunningProcess): Promise<void> {
  if (!running.isOver()) return;
  const { code, stdout, stderr } = await running.ended;
  throw new Error(`The program ended with ${code}:\n${stdout}${stderr}`);
}

/** Options for `spawn`: a process group of its own, so that `endGroup` also kills its child processes. */
export const ownGroup = { detached: true } as const;

/** Kills a program with its process group after the last test of the file, if it is still running. */
export function endWithFile<Child extends ChildProcess>(child: Child): Child {
  afterFile(async () => {
    if (endGroup(child)) await once(child, 'exit');
  });
  return child;
}

/**
 * Sends SIGKILL to the group: a launcher such as `dotnet run` does not forward signals. Returns whether the program was
 * still running.
 */
function endGroup({ pid, exitCode, signalCode }: ChildProcess): boolean {
  if (pid === undefined || exitCode !== null || signalCode !== null) return false;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (problem) {
    // The group has just exited.
    if ((problem as NodeJS.ErrnoException).code !== 'ESRCH') throw problem;
  }
  return true;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      done(true);
    }).once('error', () => done(false));
  });
}
