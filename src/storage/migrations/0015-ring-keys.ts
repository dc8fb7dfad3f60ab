import { key, type Migration, notNull } from './migration.ts';

/** Which keys of the ring have protected access tokens. No two nodes can take the same place in their order. */
export const ringKeyTable: Migration = {
  name: '0015-ring-keys',
  statements: ({ queries: { schema }, text }) => [
    schema
      .createTable('ring_keys')
      .addColumn('place', 'integer', key)
      .addColumn('key_id', 'integer', notNull)
      .addColumn('fingerprint', text, (column) => column.notNull().unique())
      .addColumn('first_used_at', 'bigint', notNull),
  ],
};
