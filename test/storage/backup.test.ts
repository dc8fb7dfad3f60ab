import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createBackup } from '../../src/storage/backup/create.ts';
import { BackupError } from '../../src/storage/backup/errors.ts';
import { restoreBackup } from '../../src/storage/backup/restore.ts';
import { migrations } from '../../src/storage/migrations/index.ts';
import { migrate, openStore, type StoreOptions } from '../../src/storage/open.ts';
import { tableNames } from '../../src/storage/schema/tables.ts';
import { fillEveryTable } from '../support/database/every-table.ts';
import { withDatabase } from '../support/database/sql.ts';
import { newPostgresLocation, newSqliteLocation } from '../support/database/stores.ts';
import { createUser } from './contract/fixtures.ts';

/** All rows of each table, as JSON texts. */
async function rowsOf(location: StoreOptions): Promise<Record<string, readonly string[]>> {
  return withDatabase(location, async ({ run }) => {
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
  const place = await newSqliteLocation();
  onTestFinished(() => place.remove());
  return place.options.dataDir;
}

async function newLocation(kind: string): Promise<StoreOptions> {
  return kind === 'PostgreSQL' ? (await newPostgresLocation()).options : { dataDir: await newFolder() };
}

/** The message of the BackupError with which `work` must fail. */
const errorOf = async (work: Promise<unknown>) => {
  const error = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BackupError);
  return (error as BackupError).message;
};

describe('a backup', () => {
  const source = { dataDir: '', file: '' };
  let remove: () => Promise<void>;
  beforeAll(async () => {
    const place = await newSqliteLocation();
    remove = place.remove;
    source.dataDir = place.options.dataDir;
    source.file = join(source.dataDir, 'backup.db');
    await migrate(place.options);
    fillEveryTable(join(source.dataDir, 'insiders.db'));
    await createBackup(place.options, source.file);
  });
  afterAll(() => remove());

  it('of these tests has rows in every table', async () => {
    const rows = await rowsOf(source);
    expect(tableNames.filter((table) => rows[table]?.length === 0)).toEqual([]);
  });

  it('can be read by its owner only, and leaves no partial file', () => {
    expect(statSync(source.file).mode & 0o777).toBe(0o600);
    expect(readdirSync(source.dataDir).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it.each(['SQLite', 'PostgreSQL'])('restores every row on %s, and so does a backup of that', async (kind) => {
    const first = await newLocation(kind);
    expect(await restoreBackup(first, source.file)).toMatchObject({ users: 2501, applications: 1, devices: 1 });
    expect(await rowsOf(first)).toEqual(await rowsOf(source));

    const again = join(await newFolder(), 'again.db');
    await createBackup(first, again);
    for (const other of ['SQLite', 'PostgreSQL']) {
      const second = await newLocation(other);
      await restoreBackup(second, again);
      expect(await rowsOf(second)).toEqual(await rowsOf(source));
    }
  });

  it.each(['SQLite', 'PostgreSQL'])(
    'restores a store on %s that can be written, and never uses an id again',
    async (kind) => {
      const location = await newLocation(kind);
      await restoreBackup(location, source.file);
      const store = await openStore(location);
      onTestFinished(() => store.close());
      // The last id in the backup was that of a deleted user.
      expect((await createUser(store)).id).toBe(4001);
      await store.audit.append({ at: 1, actor: { kind: 'platform' }, action: 'a.b', subject: 'c' });
      await store.maintenance.check({ write: true });
    },
  );

  it.each(['SQLite', 'PostgreSQL'])('is restored on %s together with an audit entry about it', async (kind) => {
    const file = join(await newFolder(), 'real.db');
    const original = { dataDir: await newFolder() };
    const store = await openStore(original);
    await createUser(store);
    await store.close();
    await createBackup(original, file);
    const location = await newLocation(kind);
    const event = { at: 1, actor: { kind: 'command-line' }, action: 'backup.restored', subject: 'platform' } as const;
    const contents = await restoreBackup(location, file, {
      eventOf: ({ users }) => ({ ...event, detail: { users } }),
      keyFor: () => undefined,
    });
    expect(contents).toMatchObject({ users: 1, auditEntries: 1 });
    const restored = await openStore(location);
    onTestFinished(() => restored.close());
    expect(await restored.audit.latest(1)).toEqual([{ ...event, detail: { users: 1 } }]);
    expect(await restored.audit.verify()).toMatchObject({ outcome: 'ok', entries: 2 });
  });

  it.each(['SQLite', 'PostgreSQL'])('is not restored over existing state, on %s', async (kind) => {
    const location = await newLocation(kind);
    const store = await openStore(location);
    const user = await createUser(store);
    expect(await errorOf(restoreBackup(location, source.file))).toMatch(/exists already|not empty/);
    expect(await store.users.find(user.id)).toEqual(user);
    expect(await store.users.count()).toBe(1);
    await store.close();
  });

  it('is restored once when three restores into one PostgreSQL database run in parallel', async () => {
    const location = await newLocation('PostgreSQL');
    const restores = await Promise.allSettled([1, 2, 3].map(() => restoreBackup(location, source.file)));
    const errors = restores.flatMap((restore) => (restore.status === 'rejected' ? [restore.reason] : []));
    expect(errors.map((error) => (error as Error).message)).toEqual([
      expect.stringContaining('not empty'),
      expect.stringContaining('not empty'),
    ]);
    expect(await rowsOf(location)).toEqual(await rowsOf(source));
  });

  const newest = migrations.at(-1)?.name ?? '';

  it('of an older release is migrated', async () => {
    const older = { dataDir: await newFolder() };
    await restoreBackup(older, source.file);
    await withDatabase(older, async ({ run }) => {
      await run('alter table applications drop column grant_type_since');
      for (const [table, column] of [
        ['audit_events', 'key'],
        ['audit_events', 'mac'],
        ['audit_head', 'key'],
      ]) {
        await run(`alter table ${table} drop column "${column}"`);
      }
      const newestTwo = migrations.slice(-2).map(({ name }) => `'${name}'`);
      await run(`delete from migrations where name in (${newestTwo.join()})`);
    });
    const file = join(await newFolder(), 'older.db');
    await createBackup(older, file);
    // Adds the columns again; entries of an earlier release have no key.
    await migrate(older);
    for (const kind of ['SQLite', 'PostgreSQL']) {
      const location = await newLocation(kind);
      await restoreBackup(location, file);
      expect(await rowsOf(location)).toEqual(await rowsOf(older));
      expect(await migrate(location)).toEqual([]);
    }
  });

  it('is not created from a PostgreSQL database of an older release, because its tables differ', async () => {
    const location = await newLocation('PostgreSQL');
    await migrate(location);
    await withDatabase(location, ({ run }) => run(`delete from migrations where name = '${newest}'`));
    const folder = await newFolder();
    expect(await errorOf(createBackup(location, join(folder, 'none.db')))).toContain('older release');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('never replaces a file', async () => {
    const file = join(await newFolder(), 'kept');
    writeFileSync(file, 'kept');
    expect(await errorOf(createBackup(source, file))).toContain('exists already');
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  it.each(['SQLite', 'PostgreSQL'])('is not created where there is no state, on %s', async (kind) => {
    const location = await newLocation(kind);
    const file = join(await newFolder(), 'none.db');
    expect(await errorOf(createBackup(location, file))).toMatch(/There is no(thing| database)/);
    expect(existsSync(file)).toBe(false);
    if ('dataDir' in location) expect(readdirSync(location.dataDir)).toEqual([]);
  });

  it('is a snapshot of a server that keeps writing', async () => {
    const location = { dataDir: await newFolder() };
    const store = await openStore(location);
    let stopped = false;
    const writing = (async () => {
      let count = 0;
      for (; !stopped; count += 1)
        await store.audit.append({ at: count, actor: { kind: 'platform' }, action: 'a.b', subject: 'c' });
      return count;
    })();
    const folder = await newFolder();
    for (let round = 0; round < 3; round += 1) {
      await expect.poll(async () => (await store.audit.list({ limit: 1 })).entries.length).toBe(1);
      const file = join(folder, `${round}.db`);
      await createBackup(location, file);
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

describe('a file that is no backup', () => {
  const damaged = (bytes: Buffer) => Buffer.from(bytes).fill(0x5a, 4096 * 3, 4096 * 8);
  const contents: Record<string, (folder: string) => Promise<string | Buffer>> = {
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
      await createBackup({ dataDir: folder }, join(folder, 'sound'));
      return damaged(readFileSync(join(folder, 'sound')));
    },
    'a backup of a newer release': async (folder) => {
      await migrate({ dataDir: folder });
      await withDatabase({ dataDir: folder }, ({ run }) => run("insert into migrations values ('9999-later', 0)"));
      await createBackup({ dataDir: folder }, join(folder, 'newer'));
      return readFileSync(join(folder, 'newer'));
    },
  };

  it.each(Object.entries(contents))('is refused, and nothing is written: %s', async (_what, create) => {
    const folder = await newFolder();
    const file = join(folder, 'file');
    writeFileSync(file, await create(folder));
    const dataDir = await newFolder();
    expect(await errorOf(restoreBackup({ dataDir }, file))).toMatch(/no backup|damaged|newer release/);
    expect(readdirSync(dataDir)).toEqual([]);
    const location = await newLocation('PostgreSQL');
    await errorOf(restoreBackup(location, file));
    const store = await openStore(location);
    expect(await store.users.count()).toBe(0);
    await store.close();
  });

  it('is refused if it is missing', async () => {
    const folder = await newFolder();
    expect(await errorOf(restoreBackup({ dataDir: folder }, join(folder, 'none')))).toContain('no file');
  });
});
