import { describe, expect, it } from 'vitest';
import { createApplication, createFamily, createUser, now } from './fixtures.ts';
import type { Open } from './index.ts';

/** Texts that PostgreSQL does not accept, and texts that look like SQL. */
const strange = ['\0', 'a\0b', '\ud800', 'x\udfffy', "'; drop table users; --", '$1', '%', '\uffff', '😀'];

export function strangeTextContract(open: Open): void {
  describe('text that can’t be stored, or looks like SQL,', () => {
    it('is not found, without an error', async () => {
      const store = await open();
      const { user } = await createFamily(store);
      const list = { userId: user.id, page: 1, limit: 10, orderBy: 'id', descending: false, now } as const;
      for (const text of strange) {
        expect(await store.users.findByEmail(text)).toBeUndefined();
        expect(await store.users.findCredentials(text)).toBeUndefined();
        expect(await store.sessions.find(text, now)).toBeUndefined();
        expect(await store.applications.findByClientId(text)).toBeUndefined();
        expect(await store.applications.find(text)).toBeUndefined();
        expect(await store.pendingRequests.find(text, now)).toBeUndefined();
        expect(await store.authorizations.find(user.id, text)).toBeUndefined();
        expect(await store.codes.find(text)).toBeUndefined();
        expect(await store.families.findByRefreshToken({ familyId: text, hash: text })).toBeUndefined();
        expect(await store.families.findByAccessToken(text, text)).toBeUndefined();
        expect(await store.devices.list({ ...list, search: text })).toEqual({ count: 0, rows: [] });
        expect(await store.devices.list({ ...list, serialNumber: text })).toEqual({ count: 0, rows: [] });
        expect(await store.devices.listOwnerships({ ...list, search: text })).toEqual({ count: 0, rows: [] });
        const take = { userId: user.id, serialNumber: text, deviceName: text, now };
        expect(await store.devices.take(take)).toEqual({ outcome: 'unknown' });
      }
    });

    it('never matches the replacement character', async () => {
      const store = await open();
      await createUser(store, 'a\ufffdb');
      expect(await store.users.findByEmail('a\ud800b')).toBeUndefined();
      expect(await store.users.findByEmail('a\ufffdb')).toBeDefined();
    });

    it('is refused by writes', async () => {
      const store = await open();
      await expect(createUser(store, 'a\0b')).rejects.toThrow('no database can hold');
      await expect(createApplication(store, { name: '\ud800' })).rejects.toThrow('no database can hold');
      expect(await store.users.count()).toBe(0);
    });

    it('is returned unchanged if it can be stored', async () => {
      const store = await open();
      for (const name of ["'; drop table users; --", '😀\n\u2028', 'Zürich', '']) {
        expect(await createApplication(store, { name })).toMatchObject({ name });
      }
    });

    it('is not found, as are numbers that are no IDs', async () => {
      const store = await open();
      for (const id of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60, Number.MAX_SAFE_INTEGER]) {
        expect(await store.users.find(id)).toBeUndefined();
        expect(await store.devices.find(id, id)).toBeUndefined();
        expect(await store.devices.findOwnership(id, id)).toBeUndefined();
      }
    });
  });
}
