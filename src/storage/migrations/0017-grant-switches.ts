import type { Migration } from './migration.ts';

/** When the grant type of an application was switched last. Codes that were issued before are invalid. */
export const grantSwitches: Migration = {
  name: '0017-grant-switches',
  statements: ({ queries: { schema } }) => [
    schema
      .alterTable('applications')
      .addColumn('grant_type_since', 'bigint', (column) => column.notNull().defaultTo(0)),
  ],
};
