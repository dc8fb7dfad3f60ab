import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from './ports.ts';
import { endWithFile, ownGroup } from './programs.ts';

/** The command line. */
export const program = fileURLToPath(new URL('../../bin/insiders.mjs', import.meta.url));
const run = promisify(execFile);

/** Installed `node` programs that are older than the product needs, but new enough to start it. */
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

/** The environment of this process, without what would change how the program behaves. */
function quietEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(INSIDERS_|DATABASE_URL$|VITEST|NODE_)/.test(name));
  return { ...Object.fromEntries(kept), ...more };
}

/** Runs one command of the built program to its end, and answers what it printed. Rejects if it fails. */
export async function insiders(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [program, ...args], { env: quietEnvironment() });
  return stdout;
}

/** The same, for commands that answer with JSON. */
export async function insidersJson<T>(...args: readonly string[]): Promise<T> {
  return JSON.parse(await insiders(...args, '--json')) as T;
}

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  /** All that it has written so far. */
  readonly output: { stdout: string; stderr: string };
  readonly pid: number;
  /** Resolves with the exit code; `null`: a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Closes this end of its standard output and error, as a reader does that is gone. */
  stopReading(): void;
  /** SIGKILL: the process is gone when this resolves. */
  kill(): Promise<void>;
  /** SIGTERM, or another signal; answers the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `insiders serve` and waits until it says that it is ready. It ends with the test file, if not before. */
export async function serve(
  args: readonly string[],
  more: {
    readonly port?: number;
    readonly environment?: Readonly<Record<string, string>>;
    /** A file descriptor that gets its standard error. */
    readonly stderr?: number;
    /** What runs the command line, if not this Node. */
    readonly command?: readonly string[];
  } = {},
): Promise<ServerProcess> {
  const port = String(more.port ?? (await freePort()));
  const [file = process.execPath, ...before] = more.command ?? [process.execPath, program];
  const child = endWithFile(
    spawn(file, [...before, 'serve', '--port', port, ...args], {
      ...ownGroup,
      env: quietEnvironment(more.environment),
      stdio: ['ignore', 'pipe', more.stderr ?? 'pipe'],
    }),
  );
  const output = { stdout: '', stderr: '' };
  child.stderr?.on('data', (text) => {
    output.stderr += text;
  });
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  const url = await readyUrl(child, output);
  const end = (signal: NodeJS.Signals) => {
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
    kill: async () => void (await end('SIGKILL')),
    stop: (signal = 'SIGTERM') => end(signal),
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
