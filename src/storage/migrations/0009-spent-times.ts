import type { Migration } from './migration.ts';

export const spentTimes: Migration = {
  name: '0009-spent-times',
  statements: ({ queries: { schema } }) => [
    schema
      .alterTable('spent_refresh_hashes')
      .addColumn('spent_at', 'bigint', (column) => column.notNull().defaultTo(0)),
  ],
};
