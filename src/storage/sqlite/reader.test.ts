import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newTemporaryDirectory } from '../../../test/support/processes/cleanup.ts';
import { openReader, type Reader } from './reader.ts';

const nextTick = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

describe('the reading connection', () => {
  let writer: DatabaseSync;
  let reader: Reader;
  const write = () => writer.exec('insert into notes values (1)');
  const count = () => {
    reader.beginSnapshot();
    return reader.database.prepare('select count(*) as notes from notes').get()?.notes;
  };

  beforeEach(() => {
    const file = join(newTemporaryDirectory('reader'), 'test.db');
    writer = new DatabaseSync(file);
    writer.exec('pragma journal_mode = wal; create table notes (id integer)');
    reader = openReader(file);
  });

  afterEach(() => {
    reader.close();
    writer.close();
  });

  it('reads one snapshot within a tick of the event loop, and the commits since in the next tick', async () => {
    const before = reader.commits();
    expect(count()).toBe(0);
    write();
    expect(count()).toBe(0);
    expect(reader.commits()).toBe(before);
    await nextTick();
    expect(count()).toBe(1);
    expect(reader.commits()).not.toBe(before);
  });

  it('reads the commits since as soon as its snapshot ends', () => {
    const before = reader.commits();
    expect(count()).toBe(0);
    write();
    reader.endSnapshot();
    expect(reader.commits()).not.toBe(before);
    expect(count()).toBe(1);
  });

  it('keeps the change counter as long as there is no commit', async () => {
    const before = reader.commits();
    await nextTick();
    expect(reader.commits()).toBe(before);
  });

  it('begins a new snapshot after a failure has rolled its transaction back', async () => {
    expect(count()).toBe(0);
    reader.database.exec('rollback');
    await nextTick();
    write();
    expect(count()).toBe(1);
  });

  it('has no change counter once it is closed, even during a snapshot and twice', async () => {
    expect(count()).toBe(0);
    reader.close();
    reader.close();
    expect(reader.commits()).toBeUndefined();
    await nextTick();
  });

  it('refuses to write', () => {
    reader.beginSnapshot();
    expect(() => reader.database.exec('insert into notes values (1)')).toThrow('readonly');
  });
});
