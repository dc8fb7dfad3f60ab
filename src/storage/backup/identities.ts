import type pg from 'pg';
import { mapErrors } from '../postgres/errors.ts';

/** The sequence behind the ids of a PostgreSQL table. It is part of a backup, so that no id is used twice. */
export interface Identity {
  readonly table: string;
  readonly sequence: string;
  /** The last id that it generated; 0: none yet. */
  readonly last: number;
}

/** The sequences of all tables whose ids the database generates. */
export async function identities(client: pg.Client): Promise<readonly Identity[]> {
  const { rows } = await mapErrors(
    client.query(`select table_name as "table", pg_get_serial_sequence(format('%I', table_name), column_name) as sequence
      from information_schema.columns where table_schema = current_schema() and is_identity = 'YES' order by 1`),
  );
  const found: Identity[] = [];
  for (const { table, sequence } of rows as { table: string; sequence: string }[]) {
    const last = await mapErrors(
      client.query('select coalesce(pg_sequence_last_value($1::regclass), 0) as last', [sequence]),
    );
    found.push({ table, sequence, last: Number(last.rows[0]?.last) });
  }
  return found;
}
