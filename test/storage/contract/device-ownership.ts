import { describe, expect, it } from 'vitest';
import { endOfTime } from '../../../src/ports/store/devices.ts';
import type { OwnershipQuery, Store } from '../../../src/ports/store/index.ts';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { createUser, inParallel, now, tally } from './fixtures.ts';
import type { Open } from './index.ts';

async function createDevice(store: Store, serialNumber = '012345'): Promise<number> {
  const added = await store.devices.add({
    serialNumber,
    deviceName: 'AB12',
    ownerId: null,
    now,
    record: testChangeRecord,
  });
  if (added.outcome === 'taken') throw new Error('The serial number is taken');
  return added.id;
}

export function deviceOwnershipContract(open: Open): void {
  const known = { serialNumber: '012345', deviceName: 'ab12', now };
  const all = { page: 1, limit: 100, orderBy: 'id', descending: false, now } as const;

  describe('device ownerships', () => {
    it('start for one of 50 users who take the device in parallel', async () => {
      const store = await open();
      await createDevice(store);
      const users = await inParallel(50, () => createUser(store));
      const outcomes = await Promise.all(users.map(({ id }) => store.devices.take({ ...known, userId: id })));
      const { entries } = await store.audit.list({ action: 'device.taken', limit: 10 });
      expect(entries).toHaveLength(1);
      expect(tally(outcomes.map(({ outcome }) => outcome))).toEqual({ taken: 1, owned: 49 });
    });

    it('start once for a user who takes the device 10 times in parallel', async () => {
      const store = await open();
      const deviceId = await createDevice(store);
      const user = await createUser(store);
      const outcomes = await inParallel(10, () => store.devices.take({ ...known, userId: user.id }));
      expect(tally(outcomes.map(({ outcome }) => outcome))).toEqual({ taken: 1, already_yours: 9 });
      const ownership = {
        id: expect.any(Number),
        startTime: now,
        endTime: endOfTime,
        userId: user.id,
        device: { id: deviceId, serialNumber: '012345', deviceName: 'AB12' },
      };
      for (const outcome of outcomes) expect(outcome).toMatchObject({ ownership });
      expect(await store.devices.listOwnerships({ ...all, userId: user.id })).toEqual({ count: 1, rows: [ownership] });
    });

    it('start only with the right serial number and device name', async () => {
      const store = await open();
      await createDevice(store);
      const user = await createUser(store);
      const take = { ...known, userId: user.id };
      expect(await store.devices.take({ ...take, serialNumber: '12345' })).toEqual({ outcome: 'unknown' });
      expect(await store.devices.take({ ...take, deviceName: 'AB13' })).toEqual({ outcome: 'unknown' });
    });

    it('are ended once, by their owner only, and the device can be taken again', async () => {
      const store = await open();
      const deviceId = await createDevice(store);
      const [owner, other] = [await createUser(store), await createUser(store)];
      await store.devices.take({ ...known, userId: owner.id });
      const release = { deviceId, now: now + 5 };
      expect(await store.devices.release({ ...release, userId: other.id })).toEqual({ outcome: 'unknown' });
      const outcomes = await inParallel(10, () => store.devices.release({ ...release, userId: owner.id }));
      expect(tally(outcomes.map(({ outcome }) => outcome))).toEqual({ released: 1, not_owner: 9 });
      const released = outcomes.find(({ outcome }) => outcome === 'released');
      expect(released).toMatchObject({ ownership: { startTime: now, endTime: now + 5, userId: owner.id } });
      const taken = await store.devices.take({ ...known, userId: other.id, now: now + 6 });
      expect(taken).toMatchObject({ outcome: 'taken', ownership: { startTime: now + 6, endTime: endOfTime } });
    });

    it('never end before they start', async () => {
      const store = await open();
      const deviceId = await createDevice(store);
      const user = await createUser(store);
      await store.devices.take({ ...known, userId: user.id });
      const released = await store.devices.release({ userId: user.id, deviceId, now: now - 5 });
      expect(released).toMatchObject({ ownership: { startTime: now, endTime: now } });
    });

    it('let the user name the device while they are ongoing', async () => {
      const store = await open();
      const deviceId = await createDevice(store);
      const [owner, other] = [await createUser(store), await createUser(store)];
      await store.devices.take({ ...known, userId: owner.id });
      const naming = { deviceId, customName: 'Left boot', now };
      expect(await store.devices.setCustomName({ ...naming, userId: owner.id })).toBe('changed');
      expect(await store.devices.setCustomName({ ...naming, userId: other.id })).toBe('unknown');
      await store.devices.release({ userId: owner.id, deviceId, now });
      expect(await store.devices.setCustomName({ ...naming, userId: owner.id })).toBe('not_owner');
      expect(await store.devices.find(owner.id, deviceId)).toMatchObject({ customName: 'Left boot' });
    });

    it('are found for their user only', async () => {
      const store = await open();
      await createDevice(store);
      const [owner, other] = [await createUser(store), await createUser(store)];
      const taken = await store.devices.take({ ...known, userId: owner.id });
      if (!('ownership' in taken)) throw new Error('The device was not taken');
      expect(await store.devices.findOwnership(owner.id, taken.ownership.id)).toEqual(taken.ownership);
      expect(await store.devices.findOwnership(other.id, taken.ownership.id)).toBeUndefined();
      expect(await store.devices.findOwnership(owner.id, 99)).toBeUndefined();
    });

    it('are listed, filtered, sorted and paged', async () => {
      const store = await open();
      const user = await createUser(store);
      const ids: number[] = [];
      // The second device first, and the first one twice.
      for (const [serialNumber, time] of [
        ['2', 1],
        ['1', 2],
        ['1', 5],
      ] as const) {
        await store.devices.add({ serialNumber, deviceName: 'AB12', ownerId: null, now, record: testChangeRecord });
        const take = { userId: user.id, serialNumber, deviceName: 'AB12', now: now + time };
        const taken = await store.devices.take(take);
        if (!('ownership' in taken)) throw new Error('The device was not taken');
        ids.push(taken.ownership.id);
        const { id: deviceId } = taken.ownership.device;
        if (time < 5) await store.devices.release({ userId: user.id, deviceId, now: now + 4 });
      }
      const [first, second, third] = ids;
      const list = async (query: Partial<OwnershipQuery>) => {
        const { count, rows } = await store.devices.listOwnerships({ ...all, userId: user.id, now: now + 9, ...query });
        return { count, ids: rows.map(({ id }) => id) };
      };
      expect(await list({})).toEqual({ count: 3, ids: [first, second, third] });
      expect(await list({ current: true })).toEqual({ count: 1, ids: [third] });
      expect(await list({ current: false })).toEqual({ count: 2, ids: [first, second] });
      expect(await list({ orderBy: 'end_time', descending: true })).toEqual({ count: 3, ids: [third, second, first] });
      expect(await list({ orderBy: 'start_time', descending: true })).toEqual({
        count: 3,
        ids: [third, second, first],
      });
      expect(await list({ orderBy: 'device' })).toEqual({ count: 3, ids: [first, second, third] });
      expect(await list({ search: '1', orderBy: 'device', descending: true })).toMatchObject({ count: 3 });
      expect(await list({ page: 2, limit: 2 })).toEqual({ count: 3, ids: [third] });
      expect(await list({ page: 3, limit: 2 })).toEqual({ count: 3, ids: [] });
      const device = await store.devices.findOwnership(user.id, third ?? 0);
      expect(await list({ deviceId: device?.device.id ?? 0 })).toEqual({ count: 2, ids: [second, third] });
      expect(await list({ deviceId: 99 })).toEqual({ count: 0, ids: [] });
    });
  });
}
