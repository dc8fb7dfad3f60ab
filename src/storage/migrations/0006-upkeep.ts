import { key, type Migration, required } from './migration.ts';

export const upkeep: Migration = {
  name: '0006-upkeep',
  statements: ({ queries: { schema }, text, identity }) => [
    schema
      .createTable('throttles')
      .addColumn('key', text, key)
      .addColumn('empty_at', 'bigint', required)
      .addColumn('trusted_until', 'bigint', required),
    schema.createIndex('throttles_by_emptiness').on('throttles').column('empty_at'),
    schema
      .createTable('audit_events')
      .addColumn('id', identity.type, identity.build)
      .addColumn('at', 'bigint', required)
      .addColumn('actor_kind', text, required)
      .addColumn('actor_id', text)
      .addColumn('action', text, required)
      .addColumn('subject', text, required)
      .addColumn('address', text)
      .addColumn('detail', text),
    schema.createTable('health_checks').addColumn('id', 'integer', key).addColumn('checks', 'bigint', required),
  ],
};
