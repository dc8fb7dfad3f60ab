import { describe, expect, it } from 'vitest';
import { testChangeRecord, testUserEntry } from '../../support/database/change-records.ts';
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

export function usersContract(open: Open): void {
  describe('users', () => {
    it('are found by ID and by email address', async () => {
      const store = await open();
      const user = await createUser(store, 'ada@example.org');
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

    it('are not found if they are unknown', async () => {
      const store = await open();
      expect(await store.users.find(1)).toBeUndefined();
      expect(await store.users.findByEmail('ada@example.org')).toBeUndefined();
      expect(await store.users.findCredentials('ada@example.org')).toBeUndefined();
      expect(await store.users.count()).toBe(0);
    });

    it('with one email address are created by one of 50 parallel calls', async () => {
      const store = await open();
      const created = await inParallel(50, (index) =>
        store.users.create({
          email: 'ada@example.org',
          passwordHash: `hash ${index}`,
          firstName: '',
          lastName: '',
          administratorRole: 'administrator',
          now,
          entry: testUserEntry,
        }),
      );
      expect(tally(created.map(({ outcome }) => outcome))).toEqual({ created: 1, taken: 49 });
      expect(await store.users.count()).toBe(1);
    });

    it('change their password, which revokes what depended on the old one', async () => {
      const store = await open();
      const { user, start } = await createPasswordPair(store);
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
      const [kept, closed] = [unique(), unique()];
      await store.sessions.open({ ...session, idHash: kept }, null);
      await store.sessions.open({ ...session, idHash: closed }, null);

      const change = {
        userId: user.id,
        passwordEpoch: user.passwordEpoch,
        passwordHash: 'hash 2',
        keepSession: kept,
        now,
        record: testChangeRecord,
      };
      expect(await store.users.changePassword(change)).toBe('changed');

      expect(await store.users.findCredentials(user.email)).toMatchObject({ passwordHash: 'hash 2' });
      expect(await store.sessions.find(kept, now)).toBeDefined();
      expect(await store.sessions.find(closed, now)).toBeUndefined();
      expect(await store.families.findByRefreshToken(refreshOf(family))).toMatchObject({
        revocationCause: 'password_changed',
      });
      await store.users.changePassword({ ...change, passwordEpoch: 1, keepSession: null, record: testChangeRecord });
      expect(await store.sessions.find(kept, now)).toBeUndefined();
    });

    it('can’t log in with a password that changed during its check', async () => {
      const store = await open();
      const { user, start } = await createPasswordPair(store);
      const change = {
        userId: user.id,
        passwordEpoch: user.passwordEpoch,
        passwordHash: 'hash 2',
        keepSession: null,
        now,
        record: testChangeRecord,
      };
      await store.users.changePassword(change);
      // The password of both was checked before the change, and they are written after it.
      const family = start();
      await store.families.startByPassword(family);
      const idHash = unique();
      const session = { idHash, userId: user.id, passwordEpoch: user.passwordEpoch, from: '', userAgent: '' };
      await store.sessions.open({ ...session, createdAt: now, expiresAt: now + minute }, null);
      expect(await store.families.findByRefreshToken(refreshOf(family))).toMatchObject({
        revocationCause: 'password_changed',
      });
      expect(await store.families.findByAccessToken(family.id, unique())).toMatchObject({
        revocationCause: 'password_changed',
      });
      expect(await store.sessions.find(idHash, now)).toBeUndefined();
    });

    it('keep consented families but no unredeemed code when the password changes', async () => {
      const store = await open();
      const consented = await createFamily(store);
      const unredeemed = await createCode(store);
      for (const { user } of [consented, unredeemed]) {
        await store.users.changePassword({
          userId: user.id,
          passwordEpoch: user.passwordEpoch,
          passwordHash: 'hash 2',
          keepSession: null,
          now,
          record: testChangeRecord,
        });
      }
      expect(await store.families.findByRefreshToken(refreshOf(consented.family))).toMatchObject({
        revocationCause: null,
      });
      expect(await store.codes.find(unredeemed.hash)).toMatchObject({ invalidatedAt: now });
      expect(await store.codes.find(consented.hash)).toMatchObject({ invalidatedAt: null });
    });

    it('get a stronger hash only if the checked one is still stored', async () => {
      const store = await open();
      const user = await createUser(store);
      await store.users.rehashPassword(user.id, 'hash 1', 'hash 2');
      await store.users.rehashPassword(user.id, 'hash 1', 'hash 3');
      expect(await store.users.findCredentials(user.email)).toMatchObject({ passwordHash: 'hash 2' });
    });

    it('can be disabled, enabled and given a role', async () => {
      const store = await open();
      const user = await createUser(store);
      expect(await store.users.setDisabled(user.id, now, testChangeRecord)).toBe('changed');
      expect(await store.users.setAdministratorRole(user.id, 'support', testChangeRecord)).toBe('changed');
      expect(await store.users.find(user.id)).toMatchObject({ disabledAt: now, administratorRole: 'support' });
      await store.users.setDisabled(user.id, null, testChangeRecord);
      await store.users.setAdministratorRole(user.id, null, testChangeRecord);
      expect(await store.users.find(user.id)).toEqual({ ...user, passwordEpoch: 2 });
    });

    it('change their password once of 10 parallel changes with the same old one', async () => {
      const store = await open();
      const user = await createUser(store);
      const changes = Array.from({ length: 10 }, (_, index) =>
        store.users.changePassword({
          userId: user.id,
          passwordEpoch: user.passwordEpoch,
          passwordHash: `hash ${index}`,
          keepSession: null,
          now,
          record: testChangeRecord,
        }),
      );
      expect((await Promise.all(changes)).filter((outcome) => outcome === 'changed')).toHaveLength(1);
    });

    it('have none of the sessions, codes and families of their password after they were disabled and enabled', async () => {
      const store = await open();
      const { user, start } = await createPasswordPair(store);
      const family = start();
      await store.families.startByPassword(family);
      const idHash = unique();
      const session = { idHash, userId: user.id, passwordEpoch: user.passwordEpoch, from: '', userAgent: '' };
      await store.sessions.open({ ...session, createdAt: now, expiresAt: now + minute }, null);
      const unredeemed = await createCode(store);
      const consented = await createFamily(store);
      for (const { id } of [user, unredeemed.user, consented.user]) {
        await store.users.setDisabled(id, now, testChangeRecord);
        await store.users.setDisabled(id, null, testChangeRecord);
      }
      expect(await store.sessions.find(idHash, now)).toBeUndefined();
      expect(await store.families.findByRefreshToken(refreshOf(family))).toMatchObject({
        revocationCause: 'password_changed',
      });
      expect(await store.codes.find(unredeemed.hash)).toMatchObject({ invalidatedAt: now });
      expect(await store.families.findByRefreshToken(refreshOf(consented.family))).toMatchObject({
        revocationCause: null,
      });
    });

    it('that are unknown are not changed', async () => {
      const store = await open();
      const change = {
        userId: 7,
        passwordEpoch: 0,
        passwordHash: 'hash',
        keepSession: null,
        now,
        record: testChangeRecord,
      };
      expect(await store.users.changePassword(change)).toBe('lost');
      expect(await store.users.setDisabled(7, now, testChangeRecord)).toBe('unknown');
      expect(await store.users.setAdministratorRole(7, null, testChangeRecord)).toBe('unknown');
    });
  });
}
