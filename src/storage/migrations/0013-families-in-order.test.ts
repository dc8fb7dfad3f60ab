import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { sqliteDialect } from '../sqlite/dialect.ts';
import { familiesInOrder } from './0013-families-in-order.ts';
import { migrations } from './index.ts';
import type { Migration } from './migration.ts';

describe('families in order', () => {
  const database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: true });
  const apply = async ({ statements }: Migration) => {
    for (const step of statements(sqliteDialect)) {
      if (typeof step === 'function') continue;
      const { sql, parameters } = step.compile();
      database.prepare(sql).run(...(parameters as (string | number)[]));
    }
  };

  it('keeps every family and the hashes of rotated refresh tokens', async () => {
    for (const earlier of migrations.slice(0, migrations.indexOf(familiesInOrder))) await apply(earlier);
    database.exec(`
      insert into users (id, email, password_hash, first_name, last_name, created_at) values (1, 'e', 'p', 'f', 'l', 0);
      insert into applications (id, client_id, name, owner_name, grant_type, redirect_uris, confidential, refresh_policy, status, resource_server,
        consent_epoch, created_at) values ('app', 'app', 'n', 'o', 'password', '[]', 1, 'rotate', 'active', 0, 1, 0);
      insert into authorizations (id, user_id, application_id, scope, method, created_at) values ('a', 1, 'app', 'all', 'password', 0);
      insert into families (id, authorization_id, method, password_epoch, refresh_hash, previous_hash, rotated_at, sealed_successor, created_at,
        last_used_at, access_expires_at, revoked_at, evicted_at) values ('f', 'a', 'password', 3, 'new', 'old', 4, 'sealed', 5, 6, 7, null, 8);
      insert into spent_refresh_hashes (hash, family_id, spent_at) values ('old', 'f', 9)`);
    await apply(familiesInOrder);
    expect({ ...database.prepare('select * from families').get() }).toEqual({
      id: 'f',
      authorization_id: 'a',
      method: 'password',
      password_epoch: 3,
      refresh_hash: 'new',
      previous_hash: 'old',
      sealed_successor: 'sealed',
      created_at: 5,
      last_used_at: 6,
      access_expires_at: 7,
      revoked_at: null,
      evicted_at: 8,
    });
    expect({ ...database.prepare('select * from spent_refresh_hashes').get() }).toEqual({
      family_id: 'f',
      hash: 'old',
      spent_at: 9,
    });
  });

  it('still deletes the hashes of rotated refresh tokens with their family', () => {
    database.exec("delete from families where id = 'f'");
    expect(database.prepare('select * from spent_refresh_hashes').all()).toEqual([]);
  });
});
