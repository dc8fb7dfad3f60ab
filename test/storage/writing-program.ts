import { writeSync } from 'node:fs';
import { StoreUnavailable } from '../../src/ports/store/index.ts';
import { openStore } from '../../src/storage/open.ts';
import { testUserEntry } from '../support/database/change-records.ts';

/*
 * A program that writes: `node writing-program.ts DATA_DIR COUNT`. It creates the users 0@example.org, 1@example.org
 * and so on, eight at once, and prints the outcome of each on a line as soon as the store returns it.
 */
const [dataDir = '', count = '0'] = process.argv.slice(2);
const store = await openStore({ dataDir });
let next = 0;

async function createUsers(): Promise<void> {
  while (next < Number(count)) {
    const email = `${next}@example.org`;
    next += 1;
    print(`${await outcomeOf(email)} ${email}`);
  }
}

async function outcomeOf(email: string): Promise<string> {
  const names = { firstName: '', lastName: '', administratorRole: null };
  const user = { email, passwordHash: 'x'.repeat(500), ...names, now: 0, entry: testUserEntry };
  try {
    return (await store.users.create(user)).outcome;
  } catch (error) {
    return error instanceof StoreUnavailable ? 'unavailable' : 'failed';
  }
}

/** Prints a line. A full pipe refuses it with EAGAIN instead of blocking: wait until the reader has caught up. */
function print(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

await Promise.all(Array.from({ length: 8 }, createUsers));
print(`count ${await store.users.count()}`);
await store.close();
