import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports/store/index.ts';
import { testChangeRecord, testUserEntry } from '../../support/database/change-records.ts';
import { never, newChangeRecord, once, readPages, timesStored } from './change-records.ts';
import {
  createCode,
  createFamily,
  createPasswordPair,
  createUser,
  inParallel,
  minute,
  now,
  refreshOf,
  tally,
  unique,
} from './fixtures.ts';
import type { Open } from './index.ts';

async function openSession(store: Store, userId: number, change = {}): Promise<string> {
  const idHash = unique();
  const session = { idHash, userId, passwordEpoch: 0, createdAt: now, expiresAt: now + minute, from: '192.0.2.1' };
  await store.sessions.open({ ...session, userAgent: 'Firefox', ...change }, null);
  return idHash;
}

/** Creates three users: Ada, an administrator; Bo, a disabled auditor; Cy, without a role. */
async function createPeople(store: Store): Promise<readonly number[]> {
  const names = [
    { firstName: 'Ada', lastName: 'Übung', administratorRole: 'administrator' },
    { firstName: 'Bo', lastName: '100%_', administratorRole: 'auditor' },
    { firstName: 'Cy', lastName: 'Adamo', administratorRole: null },
  ] as const;
  const ids: number[] = [];
  for (const name of names) {
    const email = `${name.firstName.toLowerCase()}@example.org`;
    const created = await store.users.create({ ...name, email, passwordHash: 'hash 1', now, entry: testUserEntry });
    if (created.outcome === 'created') ids.push(created.user.id);
  }
  await store.users.setDisabled(ids[1] ?? 0, now, testChangeRecord);
  return ids;
}

export function userAdministrationContract(open: Open): void {
  describe('users, in the portal and the console', () => {
    it('are searched, newest first, in pages of at most the limit', async () => {
      const { users, ...store } = await open();
      const [ada, bo, cy] = await createPeople({ users, ...store });
      const ids = async (query: Omit<Parameters<typeof users.search>[0], 'limit'>) =>
        (await users.search({ limit: 9, ...query })).rows.map(({ id }) => id);
      expect(await ids({})).toEqual([cy, bo, ada]);
      expect(await ids({ text: 'ADA' })).toEqual([cy, ada]);
      expect(await ids({ text: 'üBUNG' })).toEqual([ada]);
      expect(await ids({ text: '%' })).toEqual([bo]);
      expect(await ids({ text: 'bo@EXAMPLE' })).toEqual([bo]);
      expect(await ids({ text: 'nobody' })).toEqual([]);
      expect(await ids({ only: 'staff' })).toEqual([bo, ada]);
      expect(await ids({ only: 'disabled', text: 'bo' })).toEqual([bo]);
      expect(await ids({ after: 'x' })).toEqual([]);
      const parts = await readPages((after) => users.search({ limit: 2, ...after }));
      expect(parts.map((rows) => rows.map(({ id }) => id))).toEqual([[cy, bo], [ada]]);
      expect((await users.search({ limit: 3 })).next).toBeNull();
    });

    it('with a role are found by email address, unless they are disabled', async () => {
      const store = await open();
      const [, bo = 0] = await createPeople(store);
      expect(await store.users.administratorEmails(['administrator', 'auditor'])).toEqual(['ada@example.org']);
      expect(await store.users.administratorEmails(['auditor'])).toEqual([]);
      await store.users.setDisabled(bo, null, testChangeRecord);
      expect(await store.users.administratorEmails(['auditor', 'administrator'])).toEqual([
        'ada@example.org',
        'bo@example.org',
      ]);
      expect(await store.users.administratorEmails([])).toEqual([]);
    });

    it('have a list of their valid sessions, newest first', async () => {
      const store = await open();
      const [{ id }, other] = [await createUser(store), await createUser(store)];
      await openSession(store, id, { createdAt: now + 1, expiresAt: now + 2 * minute, userAgent: 'Safari' });
      await openSession(store, id);
      await openSession(store, other.id);
      const origin = { from: '192.0.2.1' };
      const [newer, older] = [
        { ...origin, createdAt: now + 1, expiresAt: now + 2 * minute, userAgent: 'Safari' },
        { ...origin, createdAt: now, expiresAt: now + minute, userAgent: 'Firefox' },
      ];
      expect(await store.users.sessions(id, now)).toEqual([newer, older]);
      expect(await store.users.sessions(id, now + minute)).toEqual([newer]);
      const change = { userId: id, passwordHash: 'hash 2', now, record: testChangeRecord };
      await store.users.resetPassword(change);
      // The password was checked before it was replaced.
      await openSession(store, id);
      expect(await store.users.sessions(id, now)).toEqual([]);
      expect(await store.users.sessions(99, now)).toEqual([]);
    });

    it('confirm their password for one session only', async () => {
      const store = await open();
      const { id } = await createUser(store);
      const [first, second] = [await openSession(store, id), await openSession(store, id)];
      await store.sessions.confirm(first, now + 5);
      await store.sessions.confirm(unique(), now + 5);
      expect(await store.sessions.find(first, now)).toMatchObject({ session: { confirmedAt: now + 5 } });
      expect(await store.sessions.find(second, now)).toMatchObject({ session: { confirmedAt: now } });
    });

    it('are logged out of all sessions, and other users are not', async () => {
      const store = await open();
      const [{ id }, other] = [await createUser(store), await createUser(store)];
      for (const userId of [id, id, other.id]) await openSession(store, userId);
      const record = newChangeRecord();
      expect(await store.users.closeSessions(id, record)).toBe(2);
      expect(await store.users.closeSessions(id, testChangeRecord)).toBe(0);
      expect(await store.users.sessions(id, now)).toEqual([]);
      expect(await store.users.sessions(other.id, now)).toHaveLength(1);
      expect(await timesStored(store, record)).toEqual(once);
    });

    it('get a new password, which revokes what the old one opened, but no consent', async () => {
      const store = await open();
      const { user, start } = await createPasswordPair(store);
      const family = start();
      await store.families.startByPassword(family);
      const consented = await createFamily(store);
      const session = await openSession(store, user.id);
      const [done, refused] = [newChangeRecord(), newChangeRecord()];
      const reset = { userId: user.id, passwordHash: 'hash 2', now };
      expect(await store.users.resetPassword({ ...reset, userId: 99, record: refused })).toBe('unknown');
      expect(await store.users.resetPassword({ ...reset, record: done })).toBe('changed');
      expect(await store.users.resetPassword({ ...reset, userId: consented.user.id, record: testChangeRecord })).toBe(
        'changed',
      );
      expect(await store.users.findCredentials(user.email)).toMatchObject({
        passwordHash: 'hash 2',
        user: { passwordEpoch: 1 },
      });
      expect(await store.sessions.find(session, now)).toBeUndefined();
      expect((await store.families.findByRefreshToken(refreshOf(family)))?.revocationCause).toBeTruthy();
      expect(await store.families.findByRefreshToken(refreshOf(consented.family))).toMatchObject({
        revocationCause: null,
      });
      expect(await timesStored(store, done)).toEqual(once);
      expect(await timesStored(store, refused)).toEqual(never);
    });

    it('are disconnected from all applications by one of 5 parallel calls', async () => {
      const store = await open();
      const [{ user, application, family }, other] = [await createFamily(store), await createCode(store)];
      const counts = await inParallel(5, () => store.users.revokeAuthorizations(user.id, now, newChangeRecord()));
      expect(tally(counts.map(String))).toEqual({ 0: 4, 1: 1 });
      expect(await store.authorizations.find(user.id, application.id)).toBeUndefined();
      expect((await store.families.findByRefreshToken(refreshOf(family)))?.revocationCause).toBeTruthy();
      expect(await store.authorizations.find(other.user.id, other.application.id)).toBeDefined();
    });
  });
}
