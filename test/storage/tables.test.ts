import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBackup } from '../../src/storage/backup/create.ts';
import { restoreBackup } from '../../src/storage/backup/restore.ts';
import { migrate, openStore, type StoreOptions } from '../../src/storage/open.ts';
import type { UserRow } from '../../src/storage/schema/people.ts';
import { table } from '../../src/storage/schema/table.ts';
import { stateOf, type TableName, tableNames } from '../../src/storage/schema/tables.ts';
import { fillEveryTable } from '../support/database/every-table.ts';
import { withDatabase } from '../support/database/sql.ts';
import { newPostgresLocation, newSqliteLocation, type StoreLocation } from '../support/database/stores.ts';

const day = 86_400_000;

const engines: readonly [string, () => Promise<StoreLocation>][] = [
  ['SQLite', newSqliteLocation],
  ['PostgreSQL', newPostgresLocation],
];

async function countsIn(place: StoreOptions): Promise<ReadonlyMap<TableName, number>> {
  return withDatabase(place, async ({ run }) => {
    const counts = new Map<TableName, number>();
    for (const name of tableNames) {
      const [counted] = await run(`select count(*) as rows from ${name}`);
      counts.set(name, Number(counted?.rows));
    }
    return counts;
  });
}

const namesWhere = (condition: (name: TableName) => boolean): readonly string[] => tableNames.filter(condition).sort();

describe('a table', () => {
  it('can not be declared without a purge rule', () => {
    // @ts-expect-error There is no rule.
    table<UserRow>({});
    // @ts-expect-error There is no such column.
    table<UserRow>({ purge: { by: 'expires', when: [] } });
  });
});

describe.each(engines)('the declared tables, on %s', (_, newPlace) => {
  /** A new database with all migrations and no state. */
  async function migrated(): Promise<StoreOptions> {
    const place = await newPlace();
    onTestFinished(() => place.remove());
    await migrate(place.options);
    return place.options;
  }

  const list = async (sqlite: string, postgres: string) =>
    withDatabase(await migrated(), ({ run, pick }) => run(pick(sqlite, postgres)));

  it('are those that the migrations create', async () => {
    const rows = await list(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite%'",
      'select table_name as name from information_schema.tables where table_schema = current_schema()',
    );
    expect(rows.map(({ name }) => String(name)).sort()).toEqual([...tableNames, 'migrations'].sort());
  });

  it('come after the tables that their rows refer to, and are deleted with them only if declared so', async () => {
    const rows = await list(
      `select m.name, f."table" as parent, f.on_delete as deleted
        from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table'`,
      `select conrelid::regclass::text as name, confrelid::regclass::text as parent,
        case confdeltype when 'c' then 'CASCADE' else 'NO ACTION' end as deleted
        from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`,
    );
    expect(rows.length).toBeGreaterThan(5);
    const positions: readonly string[] = tableNames;
    const late = rows.filter(({ name, parent }) => positions.indexOf(String(parent)) > positions.indexOf(String(name)));
    expect(late).toEqual([]);
    const cascades = rows.filter(({ deleted }) => deleted === 'CASCADE').map(({ name, parent }) => `${name} ${parent}`);
    const declared = tableNames.flatMap((name) => {
      const { purge } = stateOf(name);
      return 'with' in purge ? [`${name} ${purge.with}`] : [];
    });
    expect(cascades).toEqual(declared);
  });

  it('are append-only exactly if declared so', async () => {
    const triggers = await list(
      "select distinct tbl_name as name from sqlite_master where type = 'trigger'",
      `select distinct relname as name from pg_trigger join pg_class on pg_class.oid = tgrelid
        where not tgisinternal and relnamespace = current_schema()::regnamespace`,
    );
    expect(triggers.map(({ name }) => name)).toEqual(namesWhere((name) => stateOf(name).appendOnly === true));
  });

  it('are empty in a new database, unless a restore replaces their row', async () => {
    const place = await migrated();
    const store = await openStore(place);
    await store.maintenance.check({ write: true });
    await store.close();
    const counts = await countsIn(place);
    expect(namesWhere((name) => counts.get(name) !== 0)).toEqual(
      namesWhere((name) => stateOf(name).replacedByRestore === true),
    );
  });

  it('are purged exactly if declared so', async () => {
    const source = await newSqliteLocation();
    onTestFinished(() => source.remove());
    await migrate(source.options);
    fillEveryTable(join(source.options.dataDir, 'insiders.db'));
    await withDatabase(source.options, ({ run }) => run("update mails set state = 'sent'"));
    const file = join(source.options.dataDir, 'backup.db');
    await createBackup(source.options, file);

    const place = await newPlace();
    onTestFinished(() => place.remove());
    await restoreBackup(place.options, file);
    const before = await countsIn(place.options);
    const store = await openStore(place.options);
    await store.maintenance.purge(4_102_444_800_000 + 500 * day, 10_000);
    await store.close();
    const purged = tableNames.filter((name) => !('never' in stateOf(name).purge));
    const left = new Map([...before, ...purged.map((name) => [name, 0] as const)]);
    expect(await countsIn(place.options)).toEqual(left);
  });
});
