import { key, type Migration, notNull } from './migration.ts';

/** The keys of the ring that have protected access tokens. The primary key prevents two nodes from taking one place. */
export const createRingKeys: Migration = {
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
