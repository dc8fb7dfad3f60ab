import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrations } from '../../src/storage/migrations/index.ts';
import { migrate } from '../../src/storage/open.ts';
import { withDatabase } from '../support/database/sql.ts';
import { newPostgresLocation, newSqliteLocation, type StoreLocation } from '../support/database/stores.ts';
import { program } from '../support/processes/insiders.ts';
import { dataOptionsOf } from '../support/site/site.ts';
import { buildOnce, newPlace, run } from './run.ts';

beforeAll(buildOnce, 120_000);

interface Examined {
  readonly code: number | null;
  readonly database: { readonly result: string; readonly text: string } | undefined;
}

function read(code: number | null, stdout: string): Examined {
  const { findings } = JSON.parse(stdout) as { findings: { check: string; result: string; text: string }[] };
  return { code, database: findings.find(({ check }) => check === 'database') };
}

async function examine(data: readonly string[], environment = {}): Promise<Examined> {
  const ran = await run(['doctor', '--json', ...data], { environment });
  return read(ran.code, ran.stdout);
}

describe.each([
  ['SQLite', newSqliteLocation],
  ['PostgreSQL', newPostgresLocation],
] as const)('insiders doctor on %s', (kind, newPlaceOf) => {
  let place: StoreLocation;
  beforeAll(async () => {
    place = await newPlaceOf();
    await migrate(place.options);
  });
  afterAll(() => place.remove());

  const nameOf = (index: number) => migrations.at(index)?.name ?? '';
  const migrationsIn = (options: StoreLocation['options']) =>
    withDatabase(options, ({ run }) => run('select name from migrations order by name'));

  it('accepts a database that can be read and written', async () => {
    const { code, database } = await examine(dataOptionsOf(place));
    expect(database).toMatchObject({ result: 'ok', text: expect.stringMatching(`^${kind}, reads and writes`) });
    expect(code).toBe(0);
  });

  it('fails on a database of a newer release', async () => {
    await withDatabase(place.options, ({ run }) => run("insert into migrations values ('9999-later', 0)"));
    const { code, database } = await examine(dataOptionsOf(place));
    await withDatabase(place.options, ({ run }) => run("delete from migrations where name = '9999-later'"));
    expect(database).toMatchObject({ result: 'failed', text: expect.stringMatching(/newer release.*9999-later/) });
    expect(code).toBe(1);
  });

  it('warns about a database of an older release, and does not migrate it', async () => {
    const older = await newPlaceOf();
    await migrate(older.options);
    await withDatabase(older.options, async ({ run }) => {
      await run(`delete from migrations where name = '${nameOf(-1)}'`);
    });
    const before = await migrationsIn(older.options);
    const { code, database } = await examine(dataOptionsOf(older));
    expect(database).toMatchObject({ result: 'warning', text: expect.stringContaining(nameOf(-1)) });
    expect(code).toBe(0);
    expect(await migrationsIn(older.options)).toEqual(before);
    await older.remove();
  });

  it('warns if there is no database, and creates none', async () => {
    const empty = await newPlaceOf();
    const { code, database } = await examine(dataOptionsOf(empty));
    expect(database).toMatchObject({ result: 'warning', text: expect.stringContaining('none yet') });
    expect(code).toBe(0);
    if ('dataDir' in empty.options) expect(readdirSync(empty.options.dataDir)).toEqual([]);
    else await expect(migrationsIn(empty.options)).rejects.toThrow('does not exist');
    await empty.remove();
  });

  it('fails with the error of the database if it cannot be written', async () => {
    const ran = 'dataDir' in place.options ? withoutRoom(place.options.dataDir) : await readOnly(place.options);
    expect(ran.database).toMatchObject({
      result: 'failed',
      text: expect.stringMatching(/\((SQLite: disk I\/O error|PostgreSQL: .*read-only.*)\)/),
    });
    expect(ran.code).toBe(1);
  });

  it('fails and ends if a write fails', async () => {
    await withDatabase(place.options, ({ run }) => run('alter table health_checks rename to elsewhere'));
    const { code, database } = await examine(dataOptionsOf(place));
    await withDatabase(place.options, ({ run }) => run('alter table elsewhere rename to health_checks'));
    expect(database).toMatchObject({ result: 'failed', text: expect.stringContaining('health_checks') });
    expect(code).toBe(1);
  });

  /** Runs doctor with a limit of 0 on the size of files, which causes the same errors as a full disk. */
  function withoutRoom(dataDir: string): Examined {
    const command = [process.execPath, program, 'doctor', '--json', '--data-dir', dataDir];
    const ran = spawnSync('sh', ['-c', 'ulimit -f 0; exec "$@"', 'sh', ...command], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    return read(ran.status, ran.stdout);
  }

  function readOnly(options: { readonly databaseUrl: string }): Promise<Examined> {
    const url = options.databaseUrl.replace('search_path', 'default_transaction_read_only%3Don%20-c%20search_path');
    return examine(['--database-url', url]);
  }
});

describe('insiders doctor on a file', () => {
  const place = newPlace();
  afterAll(() => place.remove());

  it.each([
    ['that is no database', (file: string) => writeFileSync(file, 'Ada,Keller\n'.repeat(1000))],
    [
      'whose first page is gone',
      (file: string) => writeFileSync(file, Buffer.from(readFileSync(file)).fill(0x5a, 100, 4096)),
    ],
  ])('says that the file is damaged: one %s', async (what, spoil) => {
    const dataDir = join(place.directory, what);
    mkdirSync(dataDir, { mode: 0o700 });
    await migrate({ dataDir });
    spoil(join(dataDir, 'insiders.db'));
    const { mtimeMs } = statSync(join(dataDir, 'insiders.db'));
    const { code, database } = await examine(['--data-dir', dataDir]);
    expect(database).toMatchObject({ result: 'failed', text: expect.stringMatching(/damaged.*restore a backup/) });
    expect(code).toBe(1);
    expect(statSync(join(dataDir, 'insiders.db')).mtimeMs).toBe(mtimeMs);
  });
});

describe('insiders serve --demo', () => {
  it('ends with an error if the demo data cannot be stored', async () => {
    const place = newPlace();
    await migrate({ dataDir: place.dataDir });
    // A directory in the place of the file of the demo.
    mkdirSync(join(place.dataDir, 'demo.json.new'));
    const ran = await run(['serve', '--demo', '--port', '18479', '--data-dir', place.dataDir]);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    place.remove();
  });
});
