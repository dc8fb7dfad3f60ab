import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReader, type Reader } from './reader.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

describe('the connection that reads', () => {
  let folder: string;
  let writer: DatabaseSync;
  let reader: Reader;
  const write = () => writer.exec('insert into notes values (1)');
  const count = () => {
    reader.beginTurn();
    return reader.database.prepare('select count(*) as notes from notes').get()?.notes;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'insiders-reader-'));
    writer = new DatabaseSync(join(folder, 'test.db'));
    writer.exec('pragma journal_mode = wal; create table notes (id integer)');
    reader = openReader(join(folder, 'test.db'));
  });

  afterEach(() => {
    reader.close();
    writer.close();
    rmSync(folder, { recursive: true });
  });

  it('sees one state of the database within a turn of the event loop, and what was committed in the next', async () => {
    const before = reader.commits();
    expect(count()).toBe(0);
    write();
    expect(count()).toBe(0);
    expect(reader.commits()).toBe(before);
    await turn();
    expect(count()).toBe(1);
    expect(reader.commits()).not.toBe(before);
  });

  it('sees what was committed at once after it was told that the turn ended', () => {
    const before = reader.commits();
    expect(count()).toBe(0);
    write();
    reader.endTurn();
    expect(reader.commits()).not.toBe(before);
    expect(count()).toBe(1);
  });

  it('says the same number as long as nobody commits', async () => {
    const before = reader.commits();
    await turn();
    expect(reader.commits()).toBe(before);
  });

  it('survives that its transaction was ended by a failure', async () => {
    expect(count()).toBe(0);
    reader.database.exec('rollback');
    await turn();
    write();
    expect(count()).toBe(1);
  });

  it('says nothing once it is closed, also in the middle of a turn and twice', async () => {
    expect(count()).toBe(0);
    reader.close();
    reader.close();
    expect(reader.commits()).toBeUndefined();
    await turn();
  });

  it('never writes', () => {
    reader.beginTurn();
    expect(() => reader.database.exec('insert into notes values (1)')).toThrow('readonly');
  });
});
