import { key, type Migration, reference, required } from './migration.ts';

export const applications: Migration = {
  name: '0002-applications',
  statements: ({ queries: { schema }, text }) => [
    schema
      .createTable('applications')
      .addColumn('id', text, key)
      .addColumn('client_id', text, (column) => column.notNull().unique())
      .addColumn('name', text, required)
      .addColumn('owner_name', text, required)
      .addColumn('website', text)
      .addColumn('grant_type', text, required)
      .addColumn('redirect_uris', text, required)
      .addColumn('confidential', 'integer', required)
      .addColumn('access_token_seconds', 'bigint')
      .addColumn('refresh_policy', text, required)
      .addColumn('status', text, required)
      .addColumn('resource_server', 'integer', required)
      .addColumn('consent_epoch', 'bigint', required)
      .addColumn('created_at', 'bigint', required),
    schema
      .createTable('application_secrets')
      .addColumn('id', text, key)
      .addColumn('application_id', text, reference('applications.id'))
      .addColumn('hash', text, required)
      .addColumn('last_four', text, required)
      .addColumn('created_at', 'bigint', required)
      .addColumn('retires_at', 'bigint'),
    schema.createIndex('application_secrets_by_application').on('application_secrets').column('application_id'),
  ],
};
