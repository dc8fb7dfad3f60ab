import { describe, expect, it } from 'vitest';
import { aChangeRecord, aUserEntry } from '../../support/change-records.ts';
import {
  inParallel,
  makeCode,
  makeFamily,
  makePasswordPair,
  makeUser,
  minute,
  now,
  refreshOf,
  tally,
  unique,
} from './fixtures.ts';
import type { Open } from './index.ts';

export function usersContract(open: Open): void {
  describe('users', () => {
    it('are found by id and by e-mail address', async () => {
      const store = await open();
      const user = await makeUser(store, 'ada@example.org');
      expect(user).toEqual({
        id: expect.any(Number),
        email: 'ada@example.org',
        firstName: 'Ada',
        lastName: 'Keller',
        administratorRole: null,
        createdAt: now,
        disabledAt: null,
        passwordEpoch: 0,
      });
      expect(await store.users.find(user.id)).toEqual(user);
      expect(await store.users.findByEmail('ada@example.org')).toEqual(user);
      expect(await store.users.findCredentials('ada@example.org')).toEqual({ user, passwordHash: 'hash 1' });
      expect(await store.users.count()).toBe(1);
    });

    it('are not found if there is none', async () => {
      const store = await open();
      expect(await store.users.find(1)).toBeUndefined();
      expect(await store.users.findByEmail('ada@example.org')).toBeUndefined();
      expect(await store.users.findCredentials('ada@example.org')).toBeUndefined();
      expect(await store.users.count()).toBe(0);
    });

    it('of 50 with one e-mail address at once, one is created', async () => {
      const store = await open();
      const created = await inParallel(50, (index) =>
        store.users.create({
          email: 'ada@example.org',
          passwordHash: `hash ${index}`,
          firstName: '',
          lastName: '',
          administratorRole: 'administrator',
          now,
          entry: aUserEntry,
        }),
      );
      expect(tally(created.map(({ outcome }) => outcome))).toEqual({ created: 1, taken: 49 });
      expect(await store.users.count()).toBe(1);
    });

    it('change their password, which ends what rested on the old one', async () => {
      const store = await open();
      const { user, start } = await makePasswordPair(store);
      const family = start();
      await store.families.startByPassword(family);
      const session = {
        userId: user.id,
        passwordEpoch: 0,
        createdAt: now,
        expiresAt: now + minute,
        from: '',
        userAgent: '',
      };
      const [kept, ended] = [unique(), unique()];
      await store.sessions.open({ ...session, idHash: kept }, null);
      await store.sessions.open({ ...session, idHash: ended }, null);

      const change = {
        userId: user.id,
        passwordEpoch: user.passwordEpoch,
        passwordHash: 'hash 2',
        keepSession: kept,
        now,
        record: aChangeRecord,
      };
      expect(await store.users.changePassword(change)).toBe('changed');

      expect(await store.users.findCredentials(user.email)).toMatchObject({ passwordHash: 'hash 2' });
      expect(await store.sessions.find(kept, now)).toBeDefined();
      expect(await store.sessions.find(ended, now)).toBeUndefined();
      expect(await store.families.findByRefreshToken(refreshOf(family))).toMatchObject({ endedBy: 'password_changed' });
      await store.users.changePassword({ ...change, passwordEpoch: 1, keepSession: null, record: aChangeRecord });
      expect(await store.sessions.find(kept, now)).toBeUndefined();
    });

    it('are not let in by a password that was changed while it was checked', async () => {
      const store = await open();
      const { user, start } = await makePasswordPair(store);
      const change = {
        userId: user.id,
        passwordEpoch: user.passwordEpoch,
        passwordHash: 'hash 2',
        keepSession: null,
        now,
        record: aChangeRecord,
      };
      await store.users.changePassword(change);
      // Both were checked before the change, and are written after it.
      const family = start();
      await store.families.startByPassword(family);
      const idHash = unique();
      const session = { idHash, userId: user.id, passwordEpoch: user.passwordEpoch, from: '', userAgent: '' };
      await store.sessions.open({ ...session, createdAt: now, expiresAt: now + minute }, null);
      expect(await store.families.findByRefreshToken(refreshOf(family))).toMatchObject({ endedBy: 'password_changed' });
      expect(await store.families.findByAccessToken(family.id, unique())).toMatchObject({
        endedBy: 'password_changed',
      });
      expect(await store.sessions.find(idHash, now)).toBeUndefined();
    });

    it('keep consented families but no unredeemed code when the password changes', async () => {
      const store = await open();
      const consented = await makeFamily(store);
      const unredeemed = await makeCode(store);
      for (const { user } of [consented, unredeemed]) {
        await store.users.changePassword({
          userId: user.id,
          passwordEpoch: user.passwordEpoch,
          passwordHash: 'hash 2',
          keepSession: null,
          now,
          record: aChangeRecord,
        });
      }
      expect(await store.families.findByRefreshToken(refreshOf(consented.family))).toMatchObject({ endedBy: null });
      expect(await store.codes.find(unredeemed.hash)).toMatchObject({ invalidatedAt: now });
      expect(await store.codes.find(consented.hash)).toMatchObject({ invalidatedAt: null });
    });

    it('get a stronger hash only in place of the one that was checked', async () => {
      const store = await open();
      const user = await makeUser(store);
      await store.users.rehashPassword(user.id, 'hash 1', 'hash 2');
      await store.users.rehashPassword(user.id, 'hash 1', 'hash 3');
      expect(await store.users.findCredentials(user.email)).toMatchObject({ passwordHash: 'hash 2' });
    });

    it('can be disabled, enabled and given a role', async () => {
      const store = await open();
      const user = await makeUser(store);
      expect(await store.users.setDisabled(user.id, now, aChangeRecord)).toBe('changed');
      expect(await store.users.setStaffRole(user.id, 'support', aChangeRecord)).toBe('changed');
      expect(await store.users.find(user.id)).toMatchObject({ disabledAt: now, administratorRole: 'support' });
      await store.users.setDisabled(user.id, null, aChangeRecord);
      await store.users.setStaffRole(user.id, null, aChangeRecord);
      expect(await store.users.find(user.id)).toEqual({ ...user, passwordEpoch: 2 });
    });

    it('change their password once, whoever else began with the same old one', async () => {
      const store = await open();
      const user = await makeUser(store);
      const changes = Array.from({ length: 10 }, (_, index) =>
        store.users.changePassword({
          userId: user.id,
          passwordEpoch: user.passwordEpoch,
          passwordHash: `hash ${index}`,
          keepSession: null,
          now,
          record: aChangeRecord,
        }),
      );
      expect((await Promise.all(changes)).filter((outcome) => outcome === 'changed')).toHaveLength(1);
    });

    it('that were disabled find nothing of what their password had opened when they are enabled again', async () => {
      const store = await open();
      const { user, start } = await makePasswordPair(store);
      const family = start();
      await store.families.startByPassword(family);
      const idHash = unique();
      const session = { idHash, userId: user.id, passwordEpoch: user.passwordEpoch, from: '', userAgent: '' };
      await store.sessions.open({ ...session, createdAt: now, expiresAt: now + minute }, null);
      const unredeemed = await makeCode(store);
      const consented = await makeFamily(store);
      for (const { id } of [user, unredeemed.user, consented.user]) {
        await store.users.setDisabled(id, now, aChangeRecord);
        await store.users.setDisabled(id, null, aChangeRecord);
      }
      expect(await store.sessions.find(idHash, now)).toBeUndefined();
      expect(await store.families.findByRefreshToken(refreshOf(family))).toMatchObject({ endedBy: 'password_changed' });
      expect(await store.codes.find(unredeemed.hash)).toMatchObject({ invalidatedAt: now });
      expect(await store.families.findByRefreshToken(refreshOf(consented.family))).toMatchObject({ endedBy: null });
    });

    it('that nobody knows are not changed', async () => {
      const store = await open();
      const change = {
        userId: 7,
        passwordEpoch: 0,
        passwordHash: 'hash',
        keepSession: null,
        now,
        record: aChangeRecord,
      };
      expect(await store.users.changePassword(change)).toBe('lost');
      expect(await store.users.setDisabled(7, now, aChangeRecord)).toBe('unknown');
      expect(await store.users.setStaffRole(7, null, aChangeRecord)).toBe('unknown');
    });
  });
}
