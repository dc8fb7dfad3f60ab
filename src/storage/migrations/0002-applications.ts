import { key, type Migration, notNull, reference } from './migration.ts';

export const createApplications: Migration = {
  name: '0002-applications',
  statements: ({ queries: { schema }, text }) => [
    schema
      .createTable('applications')
      .addColumn('id', text, key)
      .addColumn('client_id', text, (column) => column.notNull().unique())
      .addColumn('name', text, notNull)
      .addColumn('owner_name', text, notNull)
      .addColumn('website', text)
      .addColumn('grant_type', text, notNull)
      .addColumn('redirect_uris', text, notNull)
      .addColumn('confidential', 'integer', notNull)
      .addColumn('access_token_seconds', 'bigint')
      .addColumn('refresh_policy', text, notNull)
      .addColumn('status', text, notNull)
      .addColumn('resource_server', 'integer', notNull)
      .addColumn('consent_epoch', 'bigint', notNull)
      .addColumn('created_at', 'bigint', notNull),
    schema
      .createTable('application_secrets')
      .addColumn('id', text, key)
      .addColumn('application_id', text, reference('applications.id'))
      .addColumn('hash', text, notNull)
      .addColumn('last_four', text, notNull)
      .addColumn('created_at', 'bigint', notNull)
      .addColumn('retires_at', 'bigint'),
    schema.createIndex('application_secrets_by_application').on('application_secrets').column('application_id'),
  ],
};
