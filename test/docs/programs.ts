/** Runs programs that somebody else wrote: each in a process group of its own, that ends with the test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';

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
  readonly ended: Promise<Ended>;
  readonly stop: () => Promise<Ended>;
}

export function start([command = '', ...args]: readonly string[], options: Options): Running {
  const child = spawn(command, args, { ...options, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    output.stdout += text;
  });
  child.stderr.on('data', (text) => {
    output.stderr += text;
  });
  const limit = setTimeout(() => endGroup(child), limitMs);
  const ended = new Promise<Ended>((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => {
      clearTimeout(limit);
      done({ code, ...output });
    });
  });
  return {
    output: () => output,
    write: (line) => child.stdin.write(`${line}\n`),
    ended,
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
  const running = start(command, options);
  let over: Ended | undefined;
  void running.ended.then((ended) => {
    over = ended;
  });
  while (!(await answers(port))) {
    if (over !== undefined) throw new Error(`${command.join(' ')} ended:\n${over.stdout}${over.stderr}`);
    await new Promise((again) => setTimeout(again, 50));
  }
  return running;
}

/** Waits until a program has written something. */
export async function untilWritten(running: Running, pattern: RegExp): Promise<string> {
  let over = false;
  void running.ended.then(() => {
    over = true;
  });
  for (;;) {
    const { stdout, stderr } = running.output();
    const [found] = pattern.exec(stdout) ?? [];
    if (found !== undefined) return found;
    if (over) throw new Error(`The program ended:\n${stdout}${stderr}`);
    await new Promise((again) => setTimeout(again, 20));
  }
}

/** The program and what it started: a launcher such as `dotnet run` doesn't pass the signal on. */
function endGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (problem) {
    // It ended by itself just now.
    if ((problem as NodeJS.ErrnoException).code !== 'ESRCH') throw problem;
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      done(true);
    }).once('error', () => done(false));
  });
}
