import { key, type Migration, reference, required } from './migration.ts';

export const people: Migration = {
  name: '0001-people',
  statements: ({ queries: { schema }, text, identity }) => [
    schema
      .createTable('users')
      .addColumn('id', identity.type, identity.build)
      .addColumn('email', text, (column) => column.notNull().unique())
      .addColumn('password_hash', text, required)
      .addColumn('first_name', text, required)
      .addColumn('last_name', text, required)
      .addColumn('staff_role', text)
      .addColumn('created_at', 'bigint', required)
      .addColumn('disabled_at', 'bigint')
      .addColumn('password_epoch', 'integer', (column) => column.notNull().defaultTo(0)),
    schema
      .createTable('sessions')
      .addColumn('id_hash', text, key)
      .addColumn('user_id', 'bigint', reference('users.id'))
      .addColumn('password_epoch', 'integer', required)
      .addColumn('created_at', 'bigint', required)
      .addColumn('expires_at', 'bigint', required)
      .addColumn('address', text, required)
      .addColumn('user_agent', text, required),
    schema.createIndex('sessions_by_user').on('sessions').column('user_id'),
    schema.createIndex('sessions_by_expiry').on('sessions').column('expires_at'),
  ],
};
