import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Act, Engine } from '../engine.ts';
import { connectionTo } from './connection.ts';
import { writerThread } from './writer-thread.ts';

/**
 * SQLite in one file. This thread only reads; acts are done by another one, in groups that share a commit.
 * Other processes may use the same file at the same time.
 */
export async function openSqlite(dataDir: string): Promise<{ engine: Engine; migrated: readonly string[] }> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'insiders.db');
  // Made here, because SQLite would let everybody read it.
  closeSync(openSync(file, 'a', 0o600));
  const writer = writerThread(file);
  const migrated = await writer.start();
  const reader = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  const commits = countCommits(reader);
  return {
    migrated,
    engine: {
      ...connectionTo(reader),
      act: async <Args, Result>(act: Act<Args, Result>, args: Args) => {
        try {
          return (await writer.perform(act.name, args)) as Result;
        } finally {
          // Whoever is answered sees what was done.
          commits.askAgain();
        }
      },
      commits: commits.count,
      close: async () => {
        if (reader.isOpen) reader.close();
        // The last one to close a database also empties its write-ahead log.
        await writer.close();
      },
    },
  };
}

/**
 * SQLite counts the commits of all other connections, and this one makes none. Asking takes a good microsecond and a request asks several
 * times, so it is asked once in each turn of the event loop.
 */
function countCommits(reader: DatabaseSync): { count(): number | undefined; askAgain(): void } {
  const version = reader.prepare('pragma data_version');
  version.setReturnArrays(true);
  let known: number | undefined;
  const askAgain = () => {
    known = undefined;
  };
  const count = () => {
    if (known !== undefined || !reader.isOpen) return known;
    known = (version.get() as unknown as [number])[0];
    setImmediate(askAgain);
    return known;
  };
  return { count, askAgain };
}
