import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { transactions } from '../../src/storage/core/transaction.ts';
import '../../src/storage/store.ts';
import { buildOnce } from './run.ts';

const dist = new URL('../../dist/', import.meta.url);

/** The text of a built file and of all that it imports when it is loaded. */
function loadedBy(name: string, loaded = new Map<string, string>()): Map<string, string> {
  if (loaded.has(name)) return loaded;
  const text = readFileSync(fileURLToPath(new URL(name, dist)), 'utf8');
  loaded.set(name, text);
  for (const [, imported = ''] of text.matchAll(/^import\b[^;]*?"\.\/([^"]+)"/gm)) loadedBy(imported, loaded);
  return loaded;
}

describe('the built program', () => {
  beforeAll(buildOnce);

  it.each(['worker.js', 'insiders.js'])('registers every transaction, once, in what %s loads', (program) => {
    const text = [...loadedBy(program).values()].join('\n');
    const registered = [...text.matchAll(/\btransaction(?:\$\d+)?\("([^"]+)"/g)].map(([, name]) => name);
    expect(registered.sort()).toEqual([...transactions.keys()].sort());
  });
});
