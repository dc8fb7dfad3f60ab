import { key, type Migration, notNull } from './migration.ts';

export const createUpkeep: Migration = {
  name: '0006-upkeep',
  statements: ({ queries: { schema }, text, identity }) => [
    schema
      .createTable('throttles')
      .addColumn('key', text, key)
      .addColumn('empty_at', 'bigint', notNull)
      .addColumn('trusted_until', 'bigint', notNull),
    schema.createIndex('throttles_by_emptiness').on('throttles').column('empty_at'),
    schema
      .createTable('audit_events')
      .addColumn('id', identity.type, identity.build)
      .addColumn('at', 'bigint', notNull)
      .addColumn('actor_kind', text, notNull)
      .addColumn('actor_id', text)
      .addColumn('action', text, notNull)
      .addColumn('subject', text, notNull)
      .addColumn('address', text)
      .addColumn('detail', text),
    schema.createTable('health_checks').addColumn('id', 'integer', key).addColumn('checks', 'bigint', notNull),
  ],
};
