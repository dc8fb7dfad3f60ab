import { sql } from 'kysely';
import { key, type Migration, reference, required } from './migration.ts';

/** From the registration form to a running application, and the people who run it. */
export const registrations: Migration = {
  name: '0011-registrations',
  statements: ({ queries: { schema }, text, identity }) => [
    schema
      .createTable('registrations')
      .addColumn('id', text, key)
      .addColumn('owner_id', 'bigint', reference('users.id'))
      .addColumn('state', text, required)
      .addColumn('answers', text, required)
      .addColumn('version', 'integer', required)
      .addColumn('created_at', 'bigint', required)
      .addColumn('updated_at', 'bigint', required)
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
      .addColumn('at', 'bigint', required)
      .addColumn('author_id', 'bigint')
      .addColumn('side', text, required)
      .addColumn('kind', text, required)
      .addColumn('field', text)
      .addColumn('text', text, required)
      .addColumn('state', text),
    schema
      .createIndex('registration_messages_by_registration')
      .on('registration_messages')
      .columns(['registration_id', 'id']),
    schema
      .createTable('application_members')
      .addColumn('application_id', text, reference('applications.id'))
      .addColumn('user_id', 'bigint', reference('users.id'))
      .addColumn('role', text, required)
      .addColumn('since', 'bigint', required)
      .addPrimaryKeyConstraint('application_members_key', ['application_id', 'user_id']),
    schema.createIndex('application_members_by_user').on('application_members').column('user_id'),
    schema
      .createTable('application_invitations')
      .addColumn('id_hash', text, key)
      .addColumn('application_id', text, reference('applications.id'))
      .addColumn('email', text, required)
      .addColumn('role', text, required)
      .addColumn('created_at', 'bigint', required)
      .addColumn('expires_at', 'bigint', required),
    schema.createIndex('application_invitations_by_application').on('application_invitations').column('application_id'),
    schema.createIndex('application_invitations_by_expiry').on('application_invitations').column('expires_at'),
    schema
      .createTable('grant_changes')
      .addColumn('id', text, key)
      .addColumn('application_id', text, reference('applications.id'))
      .addColumn('from_type', text, required)
      .addColumn('to_type', text, required)
      .addColumn('reason', text, required)
      .addColumn('state', text, required)
      .addColumn('created_at', 'bigint', required)
      .addColumn('due_at', 'bigint')
      .addColumn('done_at', 'bigint'),
    schema.createIndex('grant_changes_by_application').on('grant_changes').column('application_id'),
    schema.createIndex('grant_changes_by_state').on('grant_changes').columns(['state', 'due_at']),
    // One change of an application may be under way.
    schema
      .createIndex('grant_changes_open')
      .unique()
      .on('grant_changes')
      .column('application_id')
      .where(sql.ref('state'), 'in', [sql.lit('requested'), sql.lit('scheduled')]),
  ],
};
