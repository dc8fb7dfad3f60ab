import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newTemporaryDirectory } from '../../../test/support/processes/cleanup.ts';
import { StoreUnavailable } from '../../ports/store/index.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { abort, transaction } from '../core/transaction.ts';
import type { TransactionRequest } from './protocol.ts';
import { openWriter, type Writer } from './writer.ts';

type Keyed = { readonly key: string };

const insert = query((db, params: BindParams<Keyed>) =>
  db.insertInto('throttles').values({ key: params.key, empty_at: 0, trusted_until: 0 }),
);

/** How often `test.add` ran. */
let runs = 0;

const unrecorded = { unrecorded: 'A test' };

const add = transaction('test.add', unrecorded, async (db: Connection, { key }: Keyed): Promise<string> => {
  runs += 1;
  await db.rows(insert, { key });
  return key;
});

transaction('test.addAndFail', unrecorded, async (db: Connection, keyed: Keyed): Promise<never> => {
  await add(db, keyed);
  throw new Error('not this one');
});

transaction('test.addAndAbort', unrecorded, async (db: Connection, keyed: Keyed): Promise<string> => {
  await add(db, keyed);
  return abort('aborted');
});

transaction('test.addAndLoseDisk', unrecorded, async (db: Connection, keyed: Keyed): Promise<never> => {
  await add(db, keyed);
  throw new StoreUnavailable('disk is gone');
});

describe('a group of transactions', () => {
  let file: string;
  let writer: Writer;
  const group = (...names: readonly string[]): TransactionRequest[] =>
    names.map((name, id) => ({ id, name: `test.${name}`, args: { key: `${id}` } }));
  const written = () => {
    const reader = new DatabaseSync(file, { readOnly: true });
    const rows = reader.prepare('select key from throttles order by key').all();
    reader.close();
    return rows.map(({ key }) => key);
  };

  beforeEach(async () => {
    file = join(newTemporaryDirectory('writer'), 'test.db');
    ({ writer } = await openWriter(file));
    runs = 0;
  });

  afterEach(() => writer.close());

  it('commits together, and returns a result for each', async () => {
    expect(await writer.run(group('add', 'add'))).toEqual([
      { id: 0, outcome: 'done', result: '0' },
      { id: 1, outcome: 'done', result: '1' },
    ]);
    expect(written()).toEqual(['0', '1']);
    expect(runs).toBe(2);
  });

  it.each([
    ['throws', 'addAndFail', { outcome: 'failed', message: 'not this one' }],
    ['aborts', 'addAndAbort', { outcome: 'done', result: 'aborted' }],
    ['is unknown', 'nothing', { outcome: 'failed', message: 'There is no transaction test.nothing' }],
  ])('rolls back only the one that %s', async (_, name, result) => {
    expect(await writer.run(group('add', name, 'add'))).toEqual([
      { id: 0, outcome: 'done', result: '0' },
      { id: 1, ...result },
      { id: 2, outcome: 'done', result: '2' },
    ]);
    expect(written()).toEqual(['0', '2']);
  });

  it('runs twice only the first time that a transaction fails', async () => {
    await writer.run(group('add', 'addAndAbort'));
    expect(runs).toBe(4);
    await writer.run([{ id: 7, name: 'test.add', args: { key: '7' } }, ...group('addAndAbort')]);
    expect(runs).toBe(6);
    expect(written()).toEqual(['0', '7']);
  });

  it('is rolled back as a whole when the database fails, and the next group commits', async () => {
    await expect(writer.run(group('add', 'addAndLoseDisk', 'add'))).rejects.toThrow(StoreUnavailable);
    expect(written()).toEqual([]);
    await writer.run(group('add'));
    expect(written()).toEqual(['0']);
  });
});
