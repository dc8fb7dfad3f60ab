import { key, type Migration, notNull, reference } from './migration.ts';

export const createPeople: Migration = {
  name: '0001-people',
  statements: ({ queries: { schema }, text, identity }) => [
    schema
      .createTable('users')
      .addColumn('id', identity.type, identity.build)
      .addColumn('email', text, (column) => column.notNull().unique())
      .addColumn('password_hash', text, notNull)
      .addColumn('first_name', text, notNull)
      .addColumn('last_name', text, notNull)
      .addColumn('staff_role', text)
      .addColumn('created_at', 'bigint', notNull)
      .addColumn('disabled_at', 'bigint')
      .addColumn('password_epoch', 'integer', (column) => column.notNull().defaultTo(0)),
    schema
      .createTable('sessions')
      .addColumn('id_hash', text, key)
      .addColumn('user_id', 'bigint', reference('users.id'))
      .addColumn('password_epoch', 'integer', notNull)
      .addColumn('created_at', 'bigint', notNull)
      .addColumn('expires_at', 'bigint', notNull)
      .addColumn('address', text, notNull)
      .addColumn('user_agent', text, notNull),
    schema.createIndex('sessions_by_user').on('sessions').column('user_id'),
    schema.createIndex('sessions_by_expiry').on('sessions').column('expires_at'),
  ],
};
