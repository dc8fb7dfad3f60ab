import { describe, expect, it } from 'vitest';
import { transactions } from '../../../src/storage/core/transaction.ts';
import type { StoreOptions } from '../../../src/storage/open.ts';
import { tableNames } from '../../../src/storage/schema/tables.ts';
import { auditKeysOf } from '../../../src/system/audit-keys.ts';
import { testUserEntry } from '../../support/database/change-records.ts';
import { withDatabase } from '../../support/database/sql.ts';
import { createFamily, newConsent, now } from './fixtures.ts';
import type { Databases } from './index.ts';
import { changes, record } from './recorded-changes.ts';

async function run(options: StoreOptions, statement: string): Promise<void> {
  await withDatabase(options, (database) => database.run(statement));
}

/** Every row of every table. */
function everything(options: StoreOptions): Promise<readonly string[]> {
  return withDatabase(options, async ({ run }) => {
    const rows: string[] = [];
    for (const table of tableNames) {
      for (const row of await run(`select * from ${table}`)) rows.push(`${table} ${JSON.stringify(row)}`);
    }
    return rows.sort();
  });
}

export function recordedContract({ newDatabase, openOn }: Databases): void {
  describe('a change', () => {
    it('is in the table above if its transaction is recorded', () => {
      const recorded = [...transactions.values()].filter(({ recording }) => 'recorded' in recording);
      const names = recorded.map(({ transactionName }) => transactionName).sort();
      expect([...new Set(Object.keys(changes).map((name) => name.split(':')[0]))].sort()).toEqual(names);
    });

    it('has one audit entry once it is acknowledged, which is authenticated with a key', async () => {
      const store = await openOn(await newDatabase());
      const key = { id: 0, secret: Buffer.alloc(32, 7) };
      store.audit.useKeys(auditKeysOf({ current: () => key, find: () => key }));
      for (const [name, prepare] of Object.entries(changes)) {
        const change = await prepare(store);
        const before = (await store.audit.latest(1000)).length;
        await change();
        expect([name, (await store.audit.latest(1000)).length]).toEqual([name, before + 1]);
      }
      expect(await store.audit.verify()).toMatchObject({ outcome: 'ok', unkeyed: 0 });
    });

    it('is not made, and no email is stored, if the entry can’t be written', async () => {
      const options = await newDatabase();
      const store = await openOn(options);
      for (const [name, prepare] of Object.entries(changes)) {
        const change = await prepare(store);
        await run(options, 'update audit_head set id = 0');
        const before = await everything(options);
        await expect(change(), name).rejects.toThrow();
        expect([name, await everything(options)]).toEqual([name, before]);
        await run(options, 'update audit_head set id = 1');
      }
    });
  });

  describe('a change that was not made', () => {
    it('has no audit entry: a taken address, a lost change, a family that is revoked, an authorization of another user', async () => {
      const store = await openOn(await newDatabase());
      const { user, application, family, authorizationId: id } = await createFamily(store);
      const change = { userId: user.id, passwordHash: 'hash 2', keepSession: null, now, record };
      await store.families.revoke(family.id, now, record);
      const before = await store.audit.latest(1000);
      const { email, firstName, lastName } = user;
      const again = { email, firstName, lastName, passwordHash: 'hash 3', administratorRole: null, now };
      const entry = { actor: 'self', action: 'user.signed_up' } as const;
      expect(await store.users.create({ ...again, entry })).toEqual({ outcome: 'taken' });
      expect(await store.users.changePassword({ ...change, passwordEpoch: 7 })).toBe('lost');
      expect(await store.families.revoke(family.id, now, record)).toBe('already');
      const revocation = { id, reason: 'disconnected', now, record } as const;
      expect(await store.authorizations.revoke({ ...revocation, ownerId: user.id + 1 })).toBe('unknown');
      await store.authorizations.grant(newConsent(user, application));
      expect(await store.audit.latest(1000)).toEqual(before);
    });
  });

  describe('the audit entry of a new user', () => {
    it('names the user as its subject, and as its actor after a sign-up', async () => {
      const store = await openOn(await newDatabase());
      const names = { firstName: 'Ada', lastName: 'Keller', administratorRole: null };
      const user = (email: string) => ({ email, passwordHash: 'hash 1', ...names, now });
      const entry = { actor: 'self', action: 'user.signed_up', from: '192.0.2.1' } as const;
      await store.users.create({ ...user('one@example.org'), entry });
      await store.users.create({ ...user('two@example.org'), entry: testUserEntry });
      const [one, two] = [
        await store.users.findByEmail('one@example.org'),
        await store.users.findByEmail('two@example.org'),
      ];
      expect(await store.audit.latest(2)).toEqual([
        { at: now, actor: { kind: 'command-line' }, action: 'user.created', subject: `user:${two?.id}` },
        {
          at: now,
          actor: { kind: 'user', id: one?.id },
          action: 'user.signed_up',
          subject: `user:${one?.id}`,
          from: '192.0.2.1',
        },
      ]);
    });
  });
}
