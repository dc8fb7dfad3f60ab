import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StoreUnavailable } from '../../src/ports/store/index.ts';
import { openStore } from '../../src/storage/open.ts';
import { endWithFile, ownGroup } from '../support/programs.ts';
import { newDirectory } from '../support/stores.ts';
import { tally } from './contract/fixtures.ts';

const program = join(import.meta.dirname, 'writing-program.ts');

async function newDataDir(): Promise<string> {
  const place = await newDirectory();
  onTestFinished(() => place.remove());
  return place.options.dataDir;
}

async function open(dataDir: string) {
  const store = await openStore({ dataDir });
  onTestFinished(() => store.close());
  return store;
}

type Writing = ChildProcessByStdio<null, Readable, null>;

function startProgram(command: string, args: readonly string[]): Writing {
  return endWithFile(spawn(command, args, { ...ownGroup, stdio: ['ignore', 'pipe', 'inherit'] as const }));
}

function startWriting(dataDir: string, count: number): Writing {
  return startProgram(process.execPath, [program, dataDir, String(count)]);
}

/**
 * What the program said, as pairs of outcome and e-mail address, until it ended; `each` sees how many lines there are
 * so far, and the last outcome.
 */
async function listen(writing: Writing, each: (lines: number, outcome: string) => void = () => {}) {
  const said: { outcome: string; email: string }[] = [];
  for await (const line of createInterface(writing.stdout)) {
    const [outcome = '', email = ''] = line.split(' ');
    said.push({ outcome, email });
    each(said.length, outcome);
  }
  if (writing.exitCode === null && writing.signalCode === null) await once(writing, 'exit');
  return said;
}

describe('SQLite', () => {
  it('has everything it acknowledged after a kill -9, ten times', async () => {
    const dataDir = await newDataDir();
    const acknowledged = new Set<string>();
    for (let kill = 1; kill <= 10; kill += 1) {
      const writing = startWriting(dataDir, 1_000_000);
      const target = kill * 40;
      const said = await listen(writing, (lines) => lines === target && writing.kill('SIGKILL'));
      expect(writing.signalCode).toBe('SIGKILL');
      for (const { outcome, email } of said) {
        if (outcome === 'created') acknowledged.add(email);
        // Written by an earlier one, which was killed before it could say so.
        else expect(outcome).toBe('taken');
      }
    }
    const store = await open(dataDir);
    for (const email of acknowledged) expect(await store.users.findByEmail(email)).toBeDefined();
    expect(acknowledged.size).toBeGreaterThan(100);
  });

  it('is written by several processes at once, and nothing twice', async () => {
    const dataDir = await newDataDir();
    const store = await open(dataDir);
    const programs = [startWriting(dataDir, 300), startWriting(dataDir, 300), startWriting(dataDir, 300)];
    const said = (await Promise.all(programs.map((writing) => listen(writing)))).flat();
    expect(tally(said.map(({ outcome }) => outcome))).toEqual({ created: 300, taken: 600, count: 3 });
    expect(await store.users.count()).toBe(300);
  });

  // A limit on the size of files is what a full disk looks like to the program; it is lifted after a while.
  it.runIf(process.platform === 'linux')(
    'refuses what it has no room for, and goes on when there is room',
    async () => {
      const dataDir = await newDataDir();
      await (await open(dataDir)).close();
      const limited = `trap '' XFSZ; ulimit -S -f 800; exec "$@"`;
      const writing = startProgram('sh', ['-c', limited, 'sh', process.execPath, program, dataDir, '4000']);
      let limit = true;
      const said = await listen(writing, (_, outcome) => {
        if (limit && outcome === 'unavailable') execFileSync('prlimit', [`--pid=${writing.pid}`, '--fsize=unlimited']);
        if (outcome === 'unavailable') limit = false;
      });
      const outcomes = said.map(({ outcome }) => outcome);
      expect(outcomes).not.toContain('failed');
      expect(outcomes.indexOf('unavailable')).toBeGreaterThan(0);
      expect(outcomes.lastIndexOf('created')).toBeGreaterThan(outcomes.indexOf('unavailable'));
      // What was refused is not there, and all else is.
      const created = outcomes.filter((outcome) => outcome === 'created').length;
      expect(said.at(-1)).toEqual({ outcome: 'count', email: String(created) });
      expect(await (await open(dataDir)).users.count()).toBe(created);
    },
  );

  it('keeps its files from everybody else', async () => {
    const dataDir = join(await newDataDir(), 'new', 'data');
    const store = await open(dataDir);
    await store.maintenance.check({ write: true });
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
    expect(mode(dataDir)).toBe('700');
    for (const file of ['insiders.db', 'insiders.db-wal', 'insiders.db-shm']) {
      expect(mode(join(dataDir, file))).toBe('600');
    }
  });

  it('says what is wrong with a file that is no database', async () => {
    const dataDir = await newDataDir();
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, 'insiders.db'), 'no database at all, but long enough to be read as one'.repeat(99));
    await expect(openStore({ dataDir })).rejects.toThrow(StoreUnavailable);
    await expect(openStore({ dataDir })).rejects.toThrow('not a database');
  });
});
