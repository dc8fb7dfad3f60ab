/** The compilers and runtimes of the example programs, by language. */
import { execFile, execFileSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url));

/** The IDs of the examples, which every language has. */
export const exampleIds = ['authorization-code', 'password', 'refresh', 'revoke', 'paging'] as const;

export interface Toolchain {
  readonly language: string;
  readonly extension: string;
  /** A command that fails if the toolchain is not installed. */
  readonly probe: readonly string[];
  /** Whether the tests fail without it. `.ci/run` installs what is required in CI. */
  readonly required?: boolean;
  /** The command that runs a file from any directory. `built`: the result of `build`. */
  readonly command: (file: string, built: string) => readonly string[];
  /** Replaces `command` for a program with pages of its own. */
  readonly serve?: (file: string, port: number) => readonly string[];
  /** The command that compiles a file, for languages that would otherwise compile at each run. */
  readonly build?: (file: string, built: string) => readonly string[];
}

const python = '/usr/bin/python3';
const isCi = process.env.CI === 'true';
/** Without this option Java writes performance data to /tmp/hsperfdata_USER, regardless of TMPDIR. */
const noPerformanceData = '-XX:-UsePerfData';

export const toolchains: readonly Toolchain[] = [
  {
    language: 'curl',
    extension: 'sh',
    probe: ['bash', '-c', 'curl --version && openssl version'],
    required: true,
    command: (file) => ['bash', file],
  },
  {
    language: 'python',
    extension: 'py',
    probe: [python, '-c', 'import fastapi, uvicorn, requests'],
    required: true,
    command: (file) => [python, file],
  },
  {
    language: 'typescript',
    extension: 'ts',
    probe: [process.execPath, '--version'],
    required: true,
    command: (file) => [process.execPath, file],
  },
  {
    language: 'php',
    extension: 'php',
    probe: ['php', '-r', 'exit(PHP_VERSION_ID >= 80100 && extension_loaded("curl") ? 0 : 1);'],
    required: isCi,
    command: (file) => ['php', file],
    // An empty session.save_path stores the sessions in TMPDIR; Debian's default is a directory of the system.
    serve: (file, port) => ['php', '-q', '-d', 'session.save_path=', '-S', `127.0.0.1:${port}`, file],
  },
  {
    language: 'go',
    extension: 'go',
    // 1.24 or newer. Not required: Debian 12 has an older one.
    probe: ['bash', '-c', 'go version | grep -Eq "go1\\.(2[4-9]|[3-9][0-9])"'],
    build: (file, built) => ['go', 'build', '-o', built, file],
    command: (_file, built) => [built],
  },
  {
    language: 'java',
    extension: 'java',
    probe: ['javac', `-J${noPerformanceData}`, '--version'],
    required: isCi,
    build: (file, built) => ['javac', `-J${noPerformanceData}`, '-d', built, file],
    command: (_file, built) => ['java', noPerformanceData, '-cp', built, className(built)],
    serve: (file) => ['java', noPerformanceData, file],
  },
  {
    language: 'csharp',
    extension: 'cs',
    probe: ['bash', '-c', 'test "$(dotnet --version | cut -d. -f1)" -ge 10'],
    build: (file) => ['dotnet', 'build', file],
    command: (file) => ['dotnet', 'run', file],
  },
];

/** The name of the Java class: `…/java-authorization-code` -> `AuthorizationCode`. */
function className(built: string): string {
  const words = basename(built).split('-').slice(1);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** Whether the toolchain is installed. `home` is a temporary directory. */
export function isInstalled({ probe: [command = '', ...args] }: Toolchain, home: string): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout: 30_000, env: environment(home) });
    return true;
  } catch {
    return false;
  }
}

export function fileOf({ language, extension }: Toolchain, id: string): string {
  return join(examples, language, `${id}.${extension}`);
}

/** Compiles the examples of a language that needs it. `directory` is for caches and results. */
export async function build(toolchain: Toolchain, directory: string): Promise<void> {
  if (toolchain.build === undefined) return;
  for (const id of exampleIds) {
    const [command = '', ...args] = toolchain.build(fileOf(toolchain, id), builtFile(toolchain, directory, id));
    await run(command, args, { cwd: directory, env: environment(directory), timeout: 240_000 });
  }
}

export function builtFile({ language }: Toolchain, directory: string, id: string): string {
  return join(directory, `${language}-${id}`);
}

/**
 * A minimal environment: PATH, and a temporary home directory that is also TMPDIR. Proxies and configuration of the
 * machine do not apply. The variables for dotnet stop its compile servers after the build.
 */
export function environment(home: string, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { PATH = '' } = process.env;
  const dotnet = { DOTNET_CLI_HOME: home, MSBUILDDISABLENODEREUSE: '1', UseSharedCompilation: 'false' };
  return { PATH, HOME: home, TMPDIR: home, LANG: 'C.UTF-8', GOCACHE: join(home, 'go-cache'), ...dotnet, ...more };
}
