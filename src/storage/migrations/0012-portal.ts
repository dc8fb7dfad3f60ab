import { sql } from 'kysely';
import { type Migration, notNull, reference } from './migration.ts';

/** Refused requests, daily counts, searches and device imports, for the portal and the console. */
export const portal: Migration = {
  name: '0012-portal',
  statements: ({ queries: { schema }, queries, text, identity }) => [
    schema
      .createTable('refusals')
      .addColumn('id', identity.type, identity.build)
      .addColumn('application_id', text, notNull)
      .addColumn('at', 'bigint', notNull)
      .addColumn('request_id', text, notNull)
      .addColumn('endpoint', text, notNull)
      .addColumn('status', 'integer', notNull)
      .addColumn('error', text, notNull)
      .addColumn('cause', text, notNull)
      .addColumn('expected', text, notNull)
      .addColumn('received', text),
    schema.createIndex('refusals_by_application').on('refusals').columns(['application_id', 'id']),
    schema.createIndex('refusals_by_request').on('refusals').column('request_id'),
    schema.createIndex('refusals_by_time').on('refusals').column('at'),
    schema
      .createTable('application_days')
      .addColumn('application_id', text, reference('applications.id'))
      .addColumn('day', 'integer', notNull)
      .addColumn('requests', 'bigint', notNull)
      .addColumn('errors', 'bigint', notNull)
      .addPrimaryKeyConstraint('application_days_key', ['application_id', 'day']),
    schema.createIndex('application_days_by_day').on('application_days').column('day'),
    schema.alterTable('application_secrets').addColumn('last_used_at', 'bigint'),
    schema.alterTable('application_secrets').addColumn('idle_since', 'bigint'),
    schema.createIndex('application_secrets_by_hash').on('application_secrets').column('hash'),
    schema.alterTable('applications').addColumn('sandbox_user_id', 'bigint'),
    schema.alterTable('applications').addColumn('search_folded', text, (column) => column.notNull().defaultTo('')),
    queries
      .updateTable('applications')
      .set({ search_folded: sql`lower(name || ' ' || owner_name || ' ' || client_id)` }),
    schema.createIndex('applications_by_age').on('applications').columns(['created_at', 'id']),
    schema.alterTable('users').addColumn('search_folded', text, (column) => column.notNull().defaultTo('')),
    queries.updateTable('users').set({ search_folded: sql`lower(first_name || ' ' || last_name || ' ' || email)` }),
    schema.alterTable('sessions').addColumn('confirmed_at', 'bigint', (column) => column.notNull().defaultTo(0)),
    // Finds the active authorizations of one application.
    schema.createIndex('authorizations_by_application').on('authorizations').columns(['application_id', 'revoked_at']),
    schema
      .createTable('device_imports')
      .addColumn('id', text, (column) => column.notNull().primaryKey())
      .addColumn('created_at', 'bigint', notNull)
      .addColumn('created_by', 'bigint'),
    schema
      .createTable('device_import_rows')
      .addColumn('import_id', text, notNull)
      .addColumn('serial_number', text, notNull)
      .addColumn('serial_number_folded', text, notNull)
      .addColumn('device_name', text, notNull)
      .addColumn('device_name_folded', text, notNull)
      .addPrimaryKeyConstraint('device_import_rows_key', ['import_id', 'serial_number']),
    schema.createIndex('device_ownerships_by_device').on('device_ownerships').columns(['device_id', 'id']),
  ],
};
