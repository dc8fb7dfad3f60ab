import { sql } from 'kysely';
import { key, type Migration, notNull, reference } from './migration.ts';

export const createAuthorizations: Migration = {
  name: '0003-authorizations',
  statements: ({ queries: { schema }, text }) => [
    schema
      .createTable('pending_requests')
      .addColumn('id_hash', text, key)
      .addColumn('query', text, notNull)
      .addColumn('created_at', 'bigint', notNull)
      .addColumn('expires_at', 'bigint', notNull),
    schema.createIndex('pending_requests_by_expiry').on('pending_requests').column('expires_at'),
    schema
      .createTable('authorizations')
      .addColumn('id', text, key)
      .addColumn('user_id', 'bigint', reference('users.id'))
      .addColumn('application_id', text, reference('applications.id'))
      .addColumn('scope', text, notNull)
      .addColumn('method', text, notNull)
      .addColumn('consent_epoch', 'bigint')
      .addColumn('created_at', 'bigint', notNull)
      .addColumn('last_used_at', 'bigint')
      .addColumn('revoked_at', 'bigint')
      .addColumn('revoked_reason', text),
    schema
      .createIndex('authorizations_live')
      .unique()
      .on('authorizations')
      .columns(['user_id', 'application_id'])
      .where(sql.ref('revoked_at'), 'is', null),
    schema
      .createTable('codes')
      .addColumn('hash', text, key)
      .addColumn('authorization_id', text, reference('authorizations.id'))
      .addColumn('application_id', text, notNull)
      .addColumn('user_id', 'bigint', notNull)
      .addColumn('redirect_uri', text, notNull)
      .addColumn('scope', text, notNull)
      .addColumn('code_challenge', text)
      .addColumn('created_at', 'bigint', notNull)
      .addColumn('expires_at', 'bigint', notNull)
      .addColumn('redeemed_at', 'bigint')
      .addColumn('family_id', text)
      .addColumn('burned_at', 'bigint'),
    schema.createIndex('codes_by_expiry').on('codes').column('expires_at'),
  ],
};
