import type pg from 'pg';
import { mapErrors } from '../postgres/errors.ts';

/** The last id that a table of PostgreSQL gave out, so that none is given twice. */
export interface Identity {
  readonly table: string;
  readonly sequence: string;
  readonly last: number;
}

/** Of every table whose ids the database gives out. `last` is 0 where none was given yet. */
export async function identities(client: pg.Client): Promise<readonly Identity[]> {
  const { rows } = await mapErrors(
    client.query(`select table_name as "table", pg_get_serial_sequence(format('%I', table_name), column_name) as sequence
      from information_schema.columns where table_schema = current_schema() and is_identity = 'YES' order by 1`),
  );
  const found = [];
  for (const { table, sequence } of rows as { table: string; sequence: string }[]) {
    const last = await mapErrors(
      client.query('select coalesce(pg_sequence_last_value($1::regclass), 0) as last', [sequence]),
    );
    found.push({ table, sequence, last: Number(last.rows[0]?.last) });
  }
  return found;
}
