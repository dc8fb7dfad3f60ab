import { execFileSync, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newTemporaryDirectory } from '../support/processes/cleanup.ts';
import { endWithFile, ownGroup } from '../support/processes/processes.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The result of one command. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  /** Standard input. */
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Builds the program if there is no build yet. Call it before the first command. */
export function buildOnce(): void {
  if (existsSync(join(root, 'dist/insiders.js'))) return;
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root });
}

/** Runs `insiders` with these arguments, and resolves when it ends. */
export function run(args: readonly string[], { input = '', environment = {} }: RunOptions = {}): Promise<Ran> {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = endWithFile(
    spawn(process.execPath, [join(root, 'bin/insiders.mjs'), ...args], {
      ...ownGroup,
      // A command that hangs is killed, and fails its test.
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
  // A command that reads no input may end before the input is written.
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => done({ code, stdout, stderr }));
  });
}

/** A path for a data directory that does not exist yet, in a new temporary directory. */
export function newPlace(): { readonly directory: string; readonly dataDir: string; remove(): void } {
  const directory = newTemporaryDirectory('cli');
  return {
    directory,
    dataDir: join(directory, 'data'),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
