import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/**
 * Drops the id from the index of refreshable families: their last use is enough to order them, and a smaller index has
 * fewer pages to write.
 */
export const refreshableFamilies: Migration = {
  name: '0014-refreshable-families',
  statements: ({ queries: { schema } }) => [
    schema.dropIndex('families_refreshable'),
    schema
      .createIndex('families_refreshable')
      .on('families')
      .columns(['authorization_id', 'last_used_at'])
      .where(sql<boolean>`revoked_at is null and evicted_at is null`),
  ],
};
