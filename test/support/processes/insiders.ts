/** Runs the built program: its commands, and its server as a process of its own. */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from './ports.ts';
import { endWithFile, ownGroup } from './processes.ts';

/** The file of the command line. */
export const program = fileURLToPath(new URL('../../../bin/insiders.mjs', import.meta.url));
const run = promisify(execFile);

/** Installed versions of Node that are too old for the product, but new enough to start its launcher. */
export const olderNodes = [...new Set(nodesOnPath())].filter((node) =>
  isOlder(execFileSync(node, ['--version'], { encoding: 'utf8' })),
);

function nodesOnPath(): readonly string[] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders
    .map((folder) => join(folder, 'node'))
    .filter((node) => existsSync(node))
    .map((node) => realpathSync(node));
}

function isOlder(version: string): boolean {
  const [major = 0] = version.slice(1).split('.').map(Number);
  return major >= 20 && major < 22;
}

/** The environment of this process without the variables that configure the program, Vitest and Node. */
function cleanEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(INSIDERS_|DATABASE_URL$|VITEST|NODE_)/.test(name),
  );
  return { ...Object.fromEntries(inherited), ...more };
}

/** Runs one command of the built program and returns its standard output. Rejects if the command fails. */
export async function insiders(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [program, ...args], { env: cleanEnvironment() });
  return stdout;
}

/** The same with `--json`; returns the parsed JSON. */
export async function insidersJson<T>(...args: readonly string[]): Promise<T> {
  return JSON.parse(await insiders(...args, '--json')) as T;
}

/** An `insiders serve` process. */
export interface ServerProcess {
  readonly url: string;
  /** Everything that it has written so far. */
  readonly output: { stdout: string; stderr: string };
  readonly pid: number;
  /** Resolves with the exit code; `null`: a signal terminated the process. */
  readonly ended: Promise<number | null>;
  /** Closes the reading end of its standard output and standard error. */
  stopReading(): void;
  /** Sends SIGKILL; resolves when the process has exited. */
  kill(): Promise<void>;
  /** Sends SIGTERM or another signal; resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `insiders serve` and waits until it is ready. It is killed after the last test of the file at the latest. */
export async function serve(
  args: readonly string[],
  more: {
    readonly port?: number;
    readonly environment?: Readonly<Record<string, string>>;
    /** A file descriptor for its standard error. */
    readonly stderr?: number;
    /** The command that runs the command line; default: this Node with `program`. */
    readonly command?: readonly string[];
  } = {},
): Promise<ServerProcess> {
  const port = String(more.port ?? (await freePort()));
  const [file = process.execPath, ...before] = more.command ?? [process.execPath, program];
  const child = endWithFile(
    spawn(file, [...before, 'serve', '--port', port, ...args], {
      ...ownGroup,
      env: cleanEnvironment(more.environment),
      stdio: ['ignore', 'pipe', more.stderr ?? 'pipe'],
    }),
  );
  const output = { stdout: '', stderr: '' };
  child.stderr?.on('data', (text) => {
    output.stderr += text;
  });
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  const url = await readyUrl(child, output);
  const sendAndWait = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return {
    url,
    output,
    pid: child.pid ?? 0,
    ended,
    stopReading: () => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
    kill: async () => void (await sendAndWait('SIGKILL')),
    stop: (signal = 'SIGTERM') => sendAndWait(signal),
  };
}

function readyUrl(child: ChildProcess, output: ServerProcess['output']): Promise<string> {
  return new Promise((ready, failed) => {
    child.stdout?.on('data', (text) => {
      output.stdout += text;
      const url = /^insiders is ready at (\S+)$/m.exec(output.stdout)?.[1];
      if (url !== undefined) ready(url);
    });
    child.once('exit', (code) => failed(new Error(`The server ended with ${code}:\n${output.stderr}`)));
  });
}
