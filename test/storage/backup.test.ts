import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeBackup } from '../../src/storage/backup/create.ts';
import { BackupError } from '../../src/storage/backup/errors.ts';
import { restoreBackup } from '../../src/storage/backup/restore.ts';
import { migrations } from '../../src/storage/migrations/index.ts';
import { migrate, openStore, type StoreOptions } from '../../src/storage/open.ts';
import { tableNames } from '../../src/storage/schema/tables.ts';
import { withDatabase } from '../support/database.ts';
import { fillEveryTable } from '../support/every-table.ts';
import { newDatabase, newDirectory } from '../support/stores.ts';
import { makeUser } from './contract/fixtures.ts';

/** Every row of every table, as text. */
async function rowsOf(place: StoreOptions): Promise<Record<string, readonly string[]>> {
  return withDatabase(place, async ({ run }) => {
    const all: Record<string, readonly string[]> = {};
    for (const table of tableNames) {
      const rows = await run(`select * from ${table}`);
      const texts = rows.map((row) =>
        JSON.stringify(row, (_, value) => (typeof value === 'number' ? `${value}` : value)),
      );
      all[table] = texts.sort();
    }
    return all;
  });
}

async function newFolder(): Promise<string> {
  const place = await newDirectory();
  onTestFinished(() => place.remove());
  return place.options.dataDir;
}

async function newPlace(kind: string): Promise<StoreOptions> {
  return kind === 'PostgreSQL' ? (await newDatabase()).options : { dataDir: await newFolder() };
}

const refusalOf = async (work: Promise<unknown>) => {
  const error = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BackupError);
  return (error as BackupError).message;
};

describe('a backup', () => {
  const source = { dataDir: '', file: '' };
  let remove: () => Promise<void>;
  beforeAll(async () => {
    const place = await newDirectory();
    remove = place.remove;
    source.dataDir = place.options.dataDir;
    source.file = join(source.dataDir, 'backup.db');
    await migrate(place.options);
    fillEveryTable(join(source.dataDir, 'insiders.db'));
    await makeBackup(place.options, source.file);
  });
  afterAll(() => remove());

  it('is made of every table here', async () => {
    const rows = await rowsOf(source);
    expect(tableNames.filter((table) => rows[table]?.length === 0)).toEqual([]);
  });

  it('can be read by its owner only, and holds none of the keys', () => {
    expect(statSync(source.file).mode & 0o777).toBe(0o600);
    expect(readdirSync(source.dataDir).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it.each(['SQLite', 'PostgreSQL'])(
    'has every row, restored on %s, and backed up and restored from there',
    async (kind) => {
      const first = await newPlace(kind);
      expect(await restoreBackup(first, source.file)).toMatchObject({ users: 2501, applications: 1, devices: 1 });
      expect(await rowsOf(first)).toEqual(await rowsOf(source));

      const again = join(await newFolder(), 'again.db');
      await makeBackup(first, again);
      for (const other of ['SQLite', 'PostgreSQL']) {
        const second = await newPlace(other);
        await restoreBackup(second, again);
        expect(await rowsOf(second)).toEqual(await rowsOf(source));
      }
    },
  );

  it.each(['SQLite', 'PostgreSQL'])('leaves a store on %s that goes on, and gives out no id twice', async (kind) => {
    const place = await newPlace(kind);
    await restoreBackup(place, source.file);
    const store = await openStore(place);
    onTestFinished(() => store.close());
    // The last one was given to somebody who is gone.
    expect((await makeUser(store)).id).toBe(4001);
    await store.audit.append({ at: 1, actor: { kind: 'platform' }, action: 'a.b', subject: 'c' });
    await store.maintenance.check({ write: true });
  });

  it.each(['SQLite', 'PostgreSQL'])('has one more audit entry, about this, restored on %s', async (kind) => {
    const file = join(await newFolder(), 'real.db');
    const original = { dataDir: await newFolder() };
    const store = await openStore(original);
    await makeUser(store);
    await store.close();
    await makeBackup(original, file);
    const place = await newPlace(kind);
    const event = { at: 1, actor: { kind: 'command-line' }, action: 'backup.restored', subject: 'platform' } as const;
    const contents = await restoreBackup(place, file, ({ users }) => ({ ...event, detail: { users } }));
    expect(contents).toMatchObject({ users: 1, auditEntries: 1 });
    const restored = await openStore(place);
    onTestFinished(() => restored.close());
    expect(await restored.audit.latest(1)).toEqual([{ ...event, detail: { users: 1 } }]);
    expect(await restored.audit.verify()).toMatchObject({ outcome: 'ok', entries: 2 });
  });

  it.each(['SQLite', 'PostgreSQL'])('is not put over what is there, on %s', async (kind) => {
    const place = await newPlace(kind);
    const store = await openStore(place);
    const user = await makeUser(store);
    expect(await refusalOf(restoreBackup(place, source.file))).toMatch(/exists already|not empty/);
    expect(await store.users.find(user.id)).toEqual(user);
    expect(await store.users.count()).toBe(1);
    await store.close();
  });

  it('fills a PostgreSQL database once when three try at once', async () => {
    const place = await newPlace('PostgreSQL');
    const all = await Promise.allSettled([1, 2, 3].map(() => restoreBackup(place, source.file)));
    const lost = all.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(lost.map((error) => (error as Error).message)).toEqual([
      expect.stringContaining('not empty'),
      expect.stringContaining('not empty'),
    ]);
    expect(await rowsOf(place)).toEqual(await rowsOf(source));
  });

  const newest = migrations.at(-1)?.name ?? '';

  it('of an older release is brought up to this one', async () => {
    const older = { dataDir: await newFolder() };
    await restoreBackup(older, source.file);
    await withDatabase(older, async ({ run }) => {
      await run('drop table ring_keys');
      await run(`delete from migrations where name = '${newest}'`);
    });
    const file = join(await newFolder(), 'older.db');
    await makeBackup(older, file);
    for (const kind of ['SQLite', 'PostgreSQL']) {
      const place = await newPlace(kind);
      await restoreBackup(place, file);
      // The table that this release has made is empty.
      expect(await rowsOf(place)).toEqual({ ...(await rowsOf(source)), ring_keys: [] });
      expect(await migrate(place)).toEqual([]);
    }
  });

  it('is not made of a PostgreSQL database of an older release, which has other tables', async () => {
    const place = await newPlace('PostgreSQL');
    await migrate(place);
    await withDatabase(place, ({ run }) => run(`delete from migrations where name = '${newest}'`));
    const folder = await newFolder();
    expect(await refusalOf(makeBackup(place, join(folder, 'none.db')))).toContain('older release');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('never takes the place of a file', async () => {
    const file = join(await newFolder(), 'kept');
    writeFileSync(file, 'kept');
    expect(await refusalOf(makeBackup(source, file))).toContain('exists already');
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  it.each(['SQLite', 'PostgreSQL'])('is not made where there is nothing, on %s', async (kind) => {
    const place = await newPlace(kind);
    const file = join(await newFolder(), 'none.db');
    expect(await refusalOf(makeBackup(place, file))).toMatch(/There is no(thing| database)/);
    expect(existsSync(file)).toBe(false);
    if ('dataDir' in place) expect(readdirSync(place.dataDir)).toEqual([]);
  });

  it('is one moment of a server that goes on writing', async () => {
    const place = { dataDir: await newFolder() };
    const store = await openStore(place);
    let stopped = false;
    const writing = (async () => {
      let made = 0;
      for (; !stopped; made += 1)
        await store.audit.append({ at: made, actor: { kind: 'platform' }, action: 'a.b', subject: 'c' });
      return made;
    })();
    const folder = await newFolder();
    for (let round = 0; round < 3; round += 1) {
      await expect.poll(async () => (await store.audit.list({ limit: 1 })).entries.length).toBe(1);
      const file = join(folder, `${round}.db`);
      await makeBackup(place, file);
      const target = { dataDir: await newFolder() };
      await restoreBackup(target, file);
      const restored = await openStore(target);
      expect(await restored.audit.verify()).toMatchObject({ outcome: 'ok' });
      await restored.close();
    }
    stopped = true;
    expect(await writing).toBeGreaterThan(0);
    await store.close();
  });
});

describe('what is no backup', () => {
  const damaged = (bytes: Buffer) => Buffer.from(bytes).fill(0x5a, 4096 * 3, 4096 * 8);
  const forms: Record<string, (folder: string) => Promise<string | Buffer>> = {
    'an empty file': async () => '',
    'a text': async () => 'Ada,Keller\n'.repeat(1000),
    'another database': async (folder) => {
      const other = new DatabaseSync(join(folder, 'other.db'));
      other.exec('create table users (id integer)');
      other.close();
      return readFileSync(join(folder, 'other.db'));
    },
    'a damaged backup': async (folder) => {
      await migrate({ dataDir: folder });
      await makeBackup({ dataDir: folder }, join(folder, 'sound'));
      return damaged(readFileSync(join(folder, 'sound')));
    },
    'a backup of a newer release': async (folder) => {
      await migrate({ dataDir: folder });
      await withDatabase({ dataDir: folder }, ({ run }) => run("insert into migrations values ('9999-later', 0)"));
      await makeBackup({ dataDir: folder }, join(folder, 'newer'));
      return readFileSync(join(folder, 'newer'));
    },
  };

  it.each(Object.entries(forms))('is refused, and nothing is left: %s', async (_what, make) => {
    const folder = await newFolder();
    const file = join(folder, 'given');
    writeFileSync(file, await make(folder));
    const dataDir = await newFolder();
    expect(await refusalOf(restoreBackup({ dataDir }, file))).toMatch(/no backup|damaged|newer release/);
    expect(readdirSync(dataDir)).toEqual([]);
    const place = await newPlace('PostgreSQL');
    await refusalOf(restoreBackup(place, file));
    const store = await openStore(place);
    expect(await store.users.count()).toBe(0);
    await store.close();
  });

  it('a missing file is refused', async () => {
    const folder = await newFolder();
    expect(await refusalOf(restoreBackup({ dataDir: folder }, join(folder, 'none')))).toContain('no file');
  });
});
