import { execFileSync, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newTemporaryDirectory } from '../support/cleanup.ts';
import { endWithFile, ownGroup } from '../support/programs.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What came of one command. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  /** What is typed in. */
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Builds the program if it is not built yet. Call before the first command. */
export function buildOnce(): void {
  if (existsSync(join(root, 'dist/insiders.js'))) return;
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root });
}

/** Runs `insiders` as somebody would who types it, to its end. */
export function run(args: readonly string[], { input = '', environment = {} }: RunOptions = {}): Promise<Ran> {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = endWithFile(
    spawn(process.execPath, [join(root, 'bin/insiders.mjs'), ...args], {
      ...ownGroup,
      // What hangs fails its test, and is not left behind.
      timeout: 20_000,
      env: { PATH, HOME, TMPDIR, ...environment },
    }),
  );
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  // A command that reads nothing may be gone before it is typed in.
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => done({ code, stdout, stderr }));
  });
}

/** A place for data that is not there yet, below a directory that is. */
export function newPlace(): { readonly directory: string; readonly dataDir: string; remove(): void } {
  const directory = newTemporaryDirectory('cli');
  return {
    directory,
    dataDir: join(directory, 'data'),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
