import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../../ports/store/index.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { abort, transaction } from '../core/transaction.ts';
import type { Request } from './protocol.ts';
import { openWriter, type Writer } from './writer.ts';

type Keyed = { readonly key: string };

const note = query((db, params: BindParams<Keyed>) =>
  db.insertInto('throttles').values({ key: params.key, empty_at: 0, trusted_until: 0 }),
);

let ran = 0;

const unrecorded = { unrecorded: 'A test' };

const add = transaction('test.add', unrecorded, async (db: Connection, { key }: Keyed): Promise<string> => {
  ran += 1;
  await db.rows(note, { key });
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
  let folder: string;
  let writer: Writer;
  const group = (...names: readonly string[]): Request[] =>
    names.map((name, id) => ({ id, name: `test.${name}`, args: { key: `${id}` } }));
  const written = () => {
    const reader = new DatabaseSync(join(folder, 'test.db'), { readOnly: true });
    const rows = reader.prepare('select key from throttles order by key').all();
    reader.close();
    return rows.map(({ key }) => key);
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'insiders-writer-'));
    ({ writer } = await openWriter(join(folder, 'test.db')));
    ran = 0;
  });

  afterEach(() => {
    writer.close();
    rmSync(folder, { recursive: true });
  });

  it('is done together, and each answered', async () => {
    expect(await writer.run(group('add', 'add'))).toEqual([
      { id: 0, outcome: 'done', result: '0' },
      { id: 1, outcome: 'done', result: '1' },
    ]);
    expect(written()).toEqual(['0', '1']);
    expect(ran).toBe(2);
  });

  it.each([
    ['fails', 'addAndFail', { outcome: 'failed', message: 'not this one' }],
    ['aborts', 'addAndAbort', { outcome: 'done', result: 'aborted' }],
    ['is unknown', 'nothing', { outcome: 'failed', message: 'There is no transaction test.nothing' }],
  ])('loses only the one that %s', async (_, name, answer) => {
    expect(await writer.run(group('add', name, 'add'))).toEqual([
      { id: 0, outcome: 'done', result: '0' },
      { id: 1, ...answer },
      { id: 2, outcome: 'done', result: '2' },
    ]);
    expect(written()).toEqual(['0', '2']);
  });

  it('is done twice only the first time that a transaction fails', async () => {
    await writer.run(group('add', 'addAndAbort'));
    expect(ran).toBe(4);
    await writer.run([{ id: 7, name: 'test.add', args: { key: '7' } }, ...group('addAndAbort')]);
    expect(ran).toBe(6);
    expect(written()).toEqual(['0', '7']);
  });

  it('is lost as a whole when the database is, and the next one is not', async () => {
    await expect(writer.run(group('add', 'addAndLoseDisk', 'add'))).rejects.toThrow(StoreUnavailable);
    expect(written()).toEqual([]);
    await writer.run(group('add'));
    expect(written()).toEqual(['0']);
  });
});
