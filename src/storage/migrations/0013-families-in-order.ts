import { type Compilable, type Kysely, sql } from 'kysely';
import type { Schema } from '../schema/tables.ts';
import { key, type Migration, notNull, reference } from './migration.ts';

const columns = {
  families: [
    ...['id', 'authorization_id', 'method', 'password_epoch', 'refresh_hash', 'previous_hash', 'sealed_successor'],
    ...['created_at', 'last_used_at', 'access_expires_at', 'revoked_at', 'evicted_at'],
  ],
  spent_refresh_hashes: ['family_id', 'hash', 'spent_at'],
};

/** Copies a table's rows into `target`. */
function copy(queries: Kysely<Schema>, table: keyof typeof columns, target: string): Compilable {
  const names = sql.join(columns[table].map((name) => sql.ref(name)));
  const statement = sql`insert into ${sql.table(target)} (${names}) select ${names} from ${sql.table(table)}`;
  return { compile: () => statement.compile(queries) };
}

/**
 * Drops the unique indexes on the hashes of refresh tokens, because each costs a write to a random page: refresh tokens
 * contain the id of their family, by which both tables are read. SQLite can't drop the constraints behind these
 * indexes, so both tables are rebuilt. A new index has the refreshable families of an authorization in the order of
 * their last use, to find the ones to evict.
 */
export const familiesInOrder: Migration = {
  name: '0013-families-in-order',
  statements: ({ queries: { schema }, queries, text }) => [
    schema
      .createTable('families_in_order')
      .addColumn('id', text, key)
      .addColumn('authorization_id', text, reference('authorizations.id'))
      .addColumn('method', text, notNull)
      .addColumn('password_epoch', 'integer')
      .addColumn('refresh_hash', text, notNull)
      .addColumn('previous_hash', text)
      .addColumn('sealed_successor', text)
      .addColumn('created_at', 'bigint', notNull)
      .addColumn('last_used_at', 'bigint', notNull)
      .addColumn('access_expires_at', 'bigint', notNull)
      .addColumn('revoked_at', 'bigint')
      .addColumn('evicted_at', 'bigint'),
    copy(queries, 'families', 'families_in_order'),
    schema
      .createTable('spent_in_order')
      .addColumn('family_id', text, (column) => column.notNull().references('families_in_order.id').onDelete('cascade'))
      .addColumn('hash', text, notNull)
      .addColumn('spent_at', 'bigint', notNull)
      .addPrimaryKeyConstraint('spent_in_order_key', ['family_id', 'hash']),
    copy(queries, 'spent_refresh_hashes', 'spent_in_order'),
    schema.dropTable('spent_refresh_hashes'),
    schema.dropTable('families'),
    schema.alterTable('families_in_order').renameTo('families'),
    schema.alterTable('spent_in_order').renameTo('spent_refresh_hashes'),
    schema
      .createIndex('families_refreshable')
      .on('families')
      .columns(['authorization_id', 'last_used_at', 'id'])
      .where(sql<boolean>`revoked_at is null and evicted_at is null`),
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
  ],
};
