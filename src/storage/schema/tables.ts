import { applicationTables } from './applications.ts';
import { auditTables } from './audit.ts';
import { authorizationTables } from './authorizations.ts';
import { deviceTables } from './devices.ts';
import { mailTables } from './mails.ts';
import { type MigrationRow, operationTables } from './operations.ts';
import { peopleTables } from './people.ts';
import { registrationTables } from './registrations.ts';
import type { TableDefinition, TableProperties } from './table.ts';

/**
 * Every table that holds state, each after the tables that its rows refer to. Backup, restore and purge process them in
 * this order. Tests compare them with the tables that the migrations create.
 */
const tables = {
  ...peopleTables,
  ...applicationTables,
  ...authorizationTables,
  ...deviceTables,
  ...mailTables,
  ...registrationTables,
  ...auditTables,
  ...operationTables,
};

export type TableName = keyof typeof tables;

/** The names of all tables that hold state, each after the tables that its rows refer to. */
export const tableNames = Object.keys(tables) as readonly TableName[];

/** The properties of a table, independent of the type of its rows. */
export function stateOf(name: TableName): TableProperties<Readonly<Record<string, unknown>>> {
  return tables[name];
}

type RowOf<Declared> = Declared extends TableDefinition<infer Row> ? Row : never;

type StateSchema = { readonly [Name in TableName]: RowOf<(typeof tables)[Name]> };

/** All tables, with the types of their columns, for the query builder. */
export interface Schema extends StateSchema {
  /** The migrations that are applied. Not state: it is not part of a backup's rows and is never purged. */
  readonly migrations: MigrationRow;
}
