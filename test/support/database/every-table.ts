/** Fills all tables of a database, for the tests of backups. */
import { DatabaseSync } from 'node:sqlite';
import { tableNames } from '../../../src/storage/schema/tables.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
}

interface Reference {
  readonly table: string;
  readonly from: string;
  readonly to: string;
}

/** Quotes, a backslash, a character outside the BMP, and line separators. */
const specialCharacters = 'Zoë "O\'Neil"\\ 😀\n\u2028';

/**
 * Inserts one row with a value in every column into each empty table of a SQLite database, and 2,500 further users:
 * three batches of a backup.
 */
export function fillEveryTable(file: string): void {
  const database = new DatabaseSync(file);
  for (const table of tableNames) {
    const { rows } = database.prepare(`select count(*) as rows from ${table}`).get() as { rows: number };
    if (rows === 0) insert(database, table);
  }
  database.exec(`with recursive n(i) as (values (2) union all select i + 1 from n where i < 2501)
    insert into users (id, email, password_hash, first_name, last_name, created_at) select i, 'p' || i, 'h', 'f', 'l', 4102444800000 + i from n`);
  database.exec("update sqlite_sequence set seq = 4000 where name = 'users'");
  database.close();
}

function insert(database: DatabaseSync, table: string): void {
  const columns = database.prepare(`pragma table_info(${table})`).all() as unknown as Column[];
  const references = database.prepare(`pragma foreign_key_list(${table})`).all() as unknown as Reference[];
  const values = columns.map((column) => {
    const reference = references.find(({ from }) => from === column.name);
    if (reference === undefined) return valueFor(column);
    const target = database.prepare(`select "${reference.to}" as value from ${reference.table}`).get();
    return target?.value ?? null;
  });
  const names = columns.map(({ name }) => `"${name}"`);
  database.prepare(`insert into ${table} (${names}) values (${columns.map(() => '?')})`).run(...values);
}

function valueFor({ name, type, pk }: Column): string | number {
  if (/text/i.test(type)) return `${name} ${specialCharacters}`;
  return pk > 0 || /integer/i.test(type) ? 1 : 4_102_444_800_000;
}
