import { describe, expect, it } from 'vitest';
import { endOfTime } from '../../../src/ports/store/devices.ts';
import type { Store } from '../../../src/ports/store/index.ts';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { never, newChangeRecord, once, readPages, timesStored } from './change-records.ts';
import { createUser, inParallel, now, tally, unique } from './fixtures.ts';
import type { Open } from './index.ts';

async function addDevice(
  store: Store,
  serialNumber = unique(),
  deviceName = '00112233aabb',
  ownerId: number | null = null,
) {
  const added = await store.devices.add({ serialNumber, deviceName, ownerId, now, record: testChangeRecord });
  if (added.outcome === 'taken') throw new Error('The serial number is taken');
  return added.id;
}

export function deviceAdministrationContract(open: Open): void {
  describe('devices, for administrators', () => {
    it('are searched, newest first, with their owner, in pages of at most the limit', async () => {
      const store = await open();
      const { id, email } = await createUser(store);
      const one = await addDevice(store, '010', 'AA00000000FF');
      const two = await addDevice(store, '020', 'BB00000000FF', id);
      const three = await addDevice(store, '03%', 'CC0000000000');
      const device = { id: two, serialNumber: '020', deviceName: 'BB00000000FF', createdAt: now };
      expect(await store.devices.findRegistered(two)).toEqual({ ...device, owner: { id, email } });
      expect(await store.devices.findRegistered(one)).toMatchObject({ owner: null });
      expect(await store.devices.findRegistered(99)).toBeUndefined();
      const ids = async (text: string) => (await store.devices.search({ limit: 9, text })).rows.map((row) => row.id);
      expect(await ids('0000ff')).toEqual([two, one]);
      expect(await ids('%')).toEqual([three]);
      expect(await ids('nothing')).toEqual([]);
      const parts = await readPages((after) => store.devices.search({ limit: 2, ...after }));
      expect(parts.map((rows) => rows.map((row) => row.id))).toEqual([[three, two], [one]]);
      expect(await store.devices.search({ limit: 9, after: 'x' })).toEqual({ rows: [], next: null });
    });

    it('are assigned to one user after the other, with their history, newest first', async () => {
      const store = await open();
      const [ada, ben] = [await createUser(store), await createUser(store)];
      const deviceId = await addDevice(store);
      const record = newChangeRecord();
      const assign = (expectedOwnerId: number | null, newOwnerId: number | null, at: number) =>
        store.devices.assign({ deviceId, expectedOwnerId, newOwnerId, now: at, record });
      expect(await assign(null, ada.id, now + 1)).toBe('assigned');
      expect(await assign(ada.id, ben.id, now + 2)).toBe('assigned');
      expect(await assign(ben.id, null, now + 3)).toBe('assigned');
      expect(await assign(null, ada.id, now + 4)).toBe('assigned');
      const by = ({ id, email }: typeof ada) => ({ id: expect.any(Number), owner: { id, email } });
      expect(await store.devices.history(deviceId)).toEqual([
        { ...by(ada), startTime: now + 4, endTime: endOfTime },
        { ...by(ben), startTime: now + 2, endTime: now + 3 },
        { ...by(ada), startTime: now + 1, endTime: now + 2 },
      ]);
      expect(await store.devices.history(99)).toEqual([]);
      expect(await timesStored(store, record)).toEqual({ entries: 4, mails: 4 });
    });

    it('are not assigned if the owner has changed, or if they are unknown', async () => {
      const store = await open();
      const [ada, ben] = [await createUser(store), await createUser(store)];
      const deviceId = await addDevice(store, unique(), 'AB', ada.id);
      const record = newChangeRecord();
      const assignment = { deviceId, expectedOwnerId: ben.id, newOwnerId: ben.id, now, record };
      expect(await store.devices.assign(assignment)).toBe('lost');
      expect(await store.devices.assign({ ...assignment, expectedOwnerId: null })).toBe('lost');
      expect(await store.devices.assign({ ...assignment, deviceId: 99 })).toBe('unknown');
      await expect(store.devices.assign({ ...assignment, expectedOwnerId: ada.id, newOwnerId: 99 })).rejects.toThrow();
      expect(await store.devices.findRegistered(deviceId)).toMatchObject({ owner: { id: ada.id } });
      expect(await store.devices.history(deviceId)).toHaveLength(1);
      expect(await timesStored(store, record)).toEqual(never);
    });

    it('are assigned by one of 10 parallel calls, whether they had an owner or not', async () => {
      const store = await open();
      const people = await inParallel(11, () => createUser(store));
      const ids = people.map(({ id }) => id);
      const owner = ids[10] ?? 0;
      for (const expectedOwnerId of [null, owner]) {
        const deviceId = await addDevice(store, unique(), 'AB', expectedOwnerId);
        const record = newChangeRecord();
        const outcomes = await inParallel(10, (index) =>
          store.devices.assign({ deviceId, expectedOwnerId, newOwnerId: ids[index] ?? 0, now: now + 1, record }),
        );
        expect(tally(outcomes)).toEqual({ assigned: 1, lost: 9 });
        const winner = ids[outcomes.indexOf('assigned')];
        expect(await store.devices.findRegistered(deviceId)).toMatchObject({ owner: { id: winner } });
        expect(await store.devices.history(deviceId)).toHaveLength(expectedOwnerId === null ? 1 : 2);
        expect(await timesStored(store, record)).toEqual(once);
      }
    });
  });
}
