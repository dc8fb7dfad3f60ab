import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StoreUnavailable } from '../../src/ports/store/index.ts';
import { openStore } from '../../src/storage/open.ts';
import { newSqliteLocation } from '../support/database/stores.ts';
import { endWithFile, ownGroup } from '../support/processes/processes.ts';
import { tally } from './contract/fixtures.ts';

const program = join(import.meta.dirname, 'writing-program.ts');

async function newDataDir(): Promise<string> {
  const place = await newSqliteLocation();
  onTestFinished(() => place.remove());
  return place.options.dataDir;
}

async function open(dataDir: string) {
  const store = await openStore({ dataDir });
  onTestFinished(() => store.close());
  return store;
}

/** The program of writing-program.ts, as a process. */
type WritingProcess = ChildProcessByStdio<null, Readable, null>;

function startProgram(command: string, args: readonly string[]): WritingProcess {
  return endWithFile(spawn(command, args, { ...ownGroup, stdio: ['ignore', 'pipe', 'inherit'] as const }));
}

function startWriting(dataDir: string, count: number): WritingProcess {
  return startProgram(process.execPath, [program, dataDir, String(count)]);
}

/**
 * Reads the outcomes that the program prints, with their email addresses, until it exits. `each` is called for each
 * line, with the number of lines so far.
 */
async function readOutcomes(writing: WritingProcess, each: (lines: number, outcome: string) => void = () => {}) {
  const results: { outcome: string; email: string }[] = [];
  for await (const line of createInterface(writing.stdout)) {
    const [outcome = '', email = ''] = line.split(' ');
    results.push({ outcome, email });
    each(results.length, outcome);
  }
  if (writing.exitCode === null && writing.signalCode === null) await once(writing, 'exit');
  return results;
}

describe('SQLite', () => {
  it('still has every acknowledged write after a kill -9, ten times', async () => {
    const dataDir = await newDataDir();
    const acknowledged = new Set<string>();
    for (let kill = 1; kill <= 10; kill += 1) {
      const writing = startWriting(dataDir, 1_000_000);
      const target = kill * 40;
      const results = await readOutcomes(writing, (lines) => lines === target && writing.kill('SIGKILL'));
      expect(writing.signalCode).toBe('SIGKILL');
      for (const { outcome, email } of results) {
        if (outcome === 'created') acknowledged.add(email);
        // Committed by an earlier process, which was killed before it printed the outcome.
        else expect(outcome).toBe('taken');
      }
    }
    const store = await open(dataDir);
    for (const email of acknowledged) expect(await store.users.findByEmail(email)).toBeDefined();
    expect(acknowledged.size).toBeGreaterThan(100);
  });

  it('is written by several processes at once, and creates each user once', async () => {
    const dataDir = await newDataDir();
    const store = await open(dataDir);
    const programs = [startWriting(dataDir, 300), startWriting(dataDir, 300), startWriting(dataDir, 300)];
    const results = (await Promise.all(programs.map((writing) => readOutcomes(writing)))).flat();
    expect(tally(results.map(({ outcome }) => outcome))).toEqual({ created: 300, taken: 600, count: 3 });
    expect(await store.users.count()).toBe(300);
  });

  // A limit on the size of files stands for a full disk. It is lifted after the first write that it refuses.
  it.runIf(process.platform === 'linux')(
    'refuses writes while the disk is full, and accepts them when there is space again',
    async () => {
      const dataDir = await newDataDir();
      await (await open(dataDir)).close();
      const command = `trap '' XFSZ; ulimit -S -f 800; exec "$@"`;
      const writing = startProgram('sh', ['-c', command, 'sh', process.execPath, program, dataDir, '4000']);
      let limited = true;
      const results = await readOutcomes(writing, (_, outcome) => {
        if (limited && outcome === 'unavailable')
          execFileSync('prlimit', [`--pid=${writing.pid}`, '--fsize=unlimited']);
        if (outcome === 'unavailable') limited = false;
      });
      const outcomes = results.map(({ outcome }) => outcome);
      expect(outcomes).not.toContain('failed');
      expect(outcomes.indexOf('unavailable')).toBeGreaterThan(0);
      expect(outcomes.lastIndexOf('created')).toBeGreaterThan(outcomes.indexOf('unavailable'));
      // The refused writes are missing, and no others.
      const created = outcomes.filter((outcome) => outcome === 'created').length;
      expect(results.at(-1)).toEqual({ outcome: 'count', email: String(created) });
      expect(await (await open(dataDir)).users.count()).toBe(created);
    },
  );

  it('creates files that only their owner can read', async () => {
    const dataDir = join(await newDataDir(), 'new', 'data');
    const store = await open(dataDir);
    await store.maintenance.check({ write: true });
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
    expect(mode(dataDir)).toBe('700');
    for (const file of ['insiders.db', 'insiders.db-wal', 'insiders.db-shm']) {
      expect(mode(join(dataDir, file))).toBe('600');
    }
  });

  it('is unavailable, with the reason, if the file is no database', async () => {
    const dataDir = await newDataDir();
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, 'insiders.db'), 'no database at all, but long enough to be read as one'.repeat(99));
    await expect(openStore({ dataDir })).rejects.toThrow(StoreUnavailable);
    await expect(openStore({ dataDir })).rejects.toThrow('not a database');
  });
});
