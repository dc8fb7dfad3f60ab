/**
 * The global setup of a test run: one directory for all temporary files, and the keeper, a process that runs PostgreSQL
 * and cleans up even if the run is killed. A run whose tests leave files or processes behind fails.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { freePort } from '../processes/ports.ts';
import { leftovers } from './leftovers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL server of this run: its URL without a database, and its log file. */
    readonly postgres: { readonly url: string; readonly log: string };
  }
}

const keeperProgram = fileURLToPath(new URL('keeper.ts', import.meta.url));
const graceMs = 5000;

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // A short name: programs create sockets in temporary directories, and a socket path has at most 103 characters.
  const directory = mkdtempSync(join(tmpdir(), 'insiders-'));
  // Other users may traverse it: if root starts the run, PostgreSQL runs as another user.
  chmodSync(directory, 0o711);
  const temporary = join(directory, 'tmp');
  mkdirSync(temporary);
  const port = await freePort();
  // Detached: Ctrl-C in a terminal must not reach the keeper, which cleans up after the run.
  const keeper = spawn(process.execPath, [keeperProgram, directory, String(port)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(keeper, 'exit');
  // EPIPE: the keeper has failed and written why to standard error.
  keeper.stdin.on('error', () => {});
  // The workers and all processes that they start inherit it.
  process.env.TMPDIR = temporary;
  project.provide('postgres', {
    url: `postgres://postgres@127.0.0.1:${port}`,
    log: join(directory, 'postgres', 'log'),
  });
  return async () => {
    const left = await leftovers(temporary, graceMs);
    keeper.stdin.end();
    await ended;
    if (left.length > 0) throw new Error(`These tests left something behind:\n${left.join('\n')}`);
  };
}
