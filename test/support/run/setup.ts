/**
 * Prepares a test run: one directory for all temporary files, and a keeper, which runs PostgreSQL and cleans up even if
 * the run is killed. A run whose tests left files or processes behind fails.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { freePort } from '../ports.ts';
import { leftovers } from './leftovers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run: its address without a database, and the file it logs to. */
    readonly postgres: { readonly url: string; readonly log: string };
  }
}

const keeperProgram = fileURLToPath(new URL('keeper.ts', import.meta.url));
const settleMs = 5000;

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // A short name: programs create sockets in temporary directories, and the path of a socket has at most 103
  // characters.
  const directory = mkdtempSync(join(tmpdir(), 'insiders-'));
  // Others may pass through: PostgreSQL refuses to run as root, and has another user then.
  chmodSync(directory, 0o711);
  const temporary = join(directory, 'tmp');
  mkdirSync(temporary);
  const port = await freePort();
  // Detached: Ctrl-C in a terminal reaches the run, but not the keeper, which has to clean up after it.
  const keeper = spawn(process.execPath, [keeperProgram, directory, String(port)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(keeper, 'exit');
  // EPIPE: the keeper has failed, and said why.
  keeper.stdin.on('error', () => {});
  // The workers inherit it, and so does everything that they start.
  process.env.TMPDIR = temporary;
  project.provide('postgres', {
    url: `postgres://postgres@127.0.0.1:${port}`,
    log: join(directory, 'postgres', 'log'),
  });
  return async () => {
    const left = await leftovers(temporary, settleMs);
    keeper.stdin.end();
    await ended;
    if (left.length > 0) throw new Error(`These tests left something behind:\n${left.join('\n')}`);
  };
}
