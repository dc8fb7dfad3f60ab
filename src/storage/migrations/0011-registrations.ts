import { sql } from 'kysely';
import { key, type Migration, notNull, reference } from './migration.ts';

/** Registrations, members, invitations and changes of the grant type. */
export const createRegistrations: Migration = {
  name: '0011-registrations',
  statements: ({ queries: { schema }, text, identity }) => [
    schema
      .createTable('registrations')
      .addColumn('id', text, key)
      .addColumn('owner_id', 'bigint', reference('users.id'))
      .addColumn('state', text, notNull)
      .addColumn('answers', text, notNull)
      .addColumn('version', 'integer', notNull)
      .addColumn('created_at', 'bigint', notNull)
      .addColumn('updated_at', 'bigint', notNull)
      .addColumn('submitted_at', 'bigint')
      .addColumn('application_id', text)
      .addColumn('sandbox_id', text),
    schema.createIndex('registrations_by_state').on('registrations').columns(['state', 'submitted_at', 'id']),
    schema.createIndex('registrations_by_owner').on('registrations').column('owner_id'),
    schema.createIndex('registrations_by_application').on('registrations').column('application_id'),
    schema
      .createTable('registration_messages')
      .addColumn('id', identity.type, identity.build)
      .addColumn('registration_id', text, reference('registrations.id'))
      .addColumn('at', 'bigint', notNull)
      .addColumn('author_id', 'bigint')
      .addColumn('side', text, notNull)
      .addColumn('kind', text, notNull)
      .addColumn('field', text)
      .addColumn('text', text, notNull)
      .addColumn('state', text),
    schema
      .createIndex('registration_messages_by_registration')
      .on('registration_messages')
      .columns(['registration_id', 'id']),
    schema
      .createTable('application_members')
      .addColumn('application_id', text, reference('applications.id'))
      .addColumn('user_id', 'bigint', reference('users.id'))
      .addColumn('role', text, notNull)
      .addColumn('since', 'bigint', notNull)
      .addPrimaryKeyConstraint('application_members_key', ['application_id', 'user_id']),
    schema.createIndex('application_members_by_user').on('application_members').column('user_id'),
    schema
      .createTable('application_invitations')
      .addColumn('id_hash', text, key)
      .addColumn('application_id', text, reference('applications.id'))
      .addColumn('email', text, notNull)
      .addColumn('role', text, notNull)
      .addColumn('created_at', 'bigint', notNull)
      .addColumn('expires_at', 'bigint', notNull),
    schema.createIndex('application_invitations_by_application').on('application_invitations').column('application_id'),
    schema.createIndex('application_invitations_by_expiry').on('application_invitations').column('expires_at'),
    schema
      .createTable('grant_changes')
      .addColumn('id', text, key)
      .addColumn('application_id', text, reference('applications.id'))
      .addColumn('from_type', text, notNull)
      .addColumn('to_type', text, notNull)
      .addColumn('reason', text, notNull)
      .addColumn('state', text, notNull)
      .addColumn('created_at', 'bigint', notNull)
      .addColumn('due_at', 'bigint')
      .addColumn('done_at', 'bigint'),
    schema.createIndex('grant_changes_by_application').on('grant_changes').column('application_id'),
    schema.createIndex('grant_changes_by_state').on('grant_changes').columns(['state', 'due_at']),
    // At most one open change for each application.
    schema
      .createIndex('grant_changes_open')
      .unique()
      .on('grant_changes')
      .column('application_id')
      .where(sql.ref('state'), 'in', [sql.lit('requested'), sql.lit('scheduled')]),
  ],
};
