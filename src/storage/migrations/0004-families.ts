import { sql } from 'kysely';
import { key, type Migration, notNull, reference } from './migration.ts';

export const createFamilies: Migration = {
  name: '0004-families',
  statements: ({ queries: { schema }, text }) => [
    schema
      .createTable('families')
      .addColumn('id', text, key)
      .addColumn('authorization_id', text, reference('authorizations.id'))
      .addColumn('method', text, notNull)
      .addColumn('password_epoch', 'integer')
      .addColumn('refresh_hash', text, (column) => column.notNull().unique())
      .addColumn('previous_hash', text)
      .addColumn('rotated_at', 'bigint')
      .addColumn('sealed_successor', text)
      .addColumn('created_at', 'bigint', notNull)
      .addColumn('last_used_at', 'bigint', notNull)
      .addColumn('access_expires_at', 'bigint', notNull)
      .addColumn('revoked_at', 'bigint')
      .addColumn('evicted_at', 'bigint'),
    // Finds the few families that can be refreshed, however many more are evicted and wait for their last access token.
    schema
      .createIndex('families_by_authorization')
      .on('families')
      .columns(['authorization_id', 'evicted_at'])
      .where(sql.ref('revoked_at'), 'is', null),
    schema
      .createIndex('families_revoked')
      .on('families')
      .column('access_expires_at')
      .where(sql.ref('revoked_at'), 'is not', null),
    schema
      .createIndex('families_evicted')
      .on('families')
      .column('access_expires_at')
      .where(sql.ref('evicted_at'), 'is not', null),
    schema
      .createTable('spent_refresh_hashes')
      .addColumn('hash', text, key)
      .addColumn('family_id', text, (column) => column.notNull().references('families.id').onDelete('cascade')),
    schema.createIndex('spent_refresh_hashes_by_family').on('spent_refresh_hashes').column('family_id'),
    schema
      .createTable('revoked_access_tokens')
      .addColumn('token_id', text, key)
      .addColumn('expires_at', 'bigint', notNull),
    schema.createIndex('revoked_access_tokens_by_expiry').on('revoked_access_tokens').column('expires_at'),
  ],
};
