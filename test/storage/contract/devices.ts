import { describe, expect, it } from 'vitest';
import type { DeviceQuery, Store } from '../../../src/ports/store/index.ts';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { createUser, now } from './fixtures.ts';
import type { Open } from './index.ts';

const day = 86_400_000;

/** Ada owns 1, 2 and 3 now and owned 4 earlier, which Ben owns now. */
async function createDevices(store: Store) {
  const [ada, ben] = [await createUser(store), await createUser(store)];
  const rows = [
    ['010', 'AA00000000ff', 'beta'],
    ['020', 'BB00000000ff', 'Alpha'],
    ['003', 'CC000000%0_f', 'Übung \\1'],
    ['040', 'DD00000000ff', 'beta'],
  ] as const;
  const ids: number[] = [];
  for (const [serialNumber, deviceName, customName] of rows) {
    const added = await store.devices.add({
      serialNumber,
      deviceName,
      ownerId: ada.id,
      now: now - 9 * day,
      record: testChangeRecord,
    });
    if (added.outcome === 'taken') throw new Error('The serial number is taken');
    ids.push(added.id);
    await store.devices.setCustomName({ userId: ada.id, deviceId: added.id, customName, now });
  }
  const [one = 0, two = 0, three = 0, four = 0] = ids;
  await store.devices.release({ userId: ada.id, deviceId: four, now: now - day });
  await store.devices.take({ userId: ben.id, serialNumber: '040', deviceName: 'DD00000000ff', now });
  return { ada, ben, one, two, three, four };
}

export function devicesContract(open: Open): void {
  const all = { page: 1, limit: 100, orderBy: 'id', descending: false, now } as const;

  describe('devices', () => {
    it('are listed for their current and earlier owners', async () => {
      const store = await open();
      const { ada, ben, one, two, three, four } = await createDevices(store);
      const ids = async (query: Omit<DeviceQuery, keyof typeof all>) =>
        (await store.devices.list({ ...all, ...query })).rows.map(({ id }) => id);
      expect(await ids({ userId: ada.id })).toEqual([one, two, three, four]);
      expect(await ids({ userId: ada.id, current: true })).toEqual([one, two, three]);
      expect(await ids({ userId: ada.id, current: false })).toEqual([four]);
      expect(await ids({ userId: ben.id })).toEqual([four]);
      expect(await ids({ userId: ben.id, current: false })).toEqual([]);
      expect(await ids({ userId: 99 })).toEqual([]);
    });

    it('have the name that the user last gave them, not that of another user', async () => {
      const store = await open();
      const { ada, ben, one, four } = await createDevices(store);
      expect(await store.devices.find(ada.id, one)).toEqual({
        id: one,
        serialNumber: '010',
        deviceName: 'AA00000000ff',
        customName: 'beta',
      });
      expect(await store.devices.find(ada.id, four)).toMatchObject({ customName: 'beta' });
      expect(await store.devices.find(ben.id, four)).toMatchObject({ customName: '' });
      expect(await store.devices.find(ben.id, one)).toBeUndefined();
      await store.devices.release({ userId: ben.id, deviceId: four, now });
      await store.devices.take({ userId: ada.id, serialNumber: '040', deviceName: 'DD00000000ff', now });
      expect(await store.devices.find(ada.id, four)).toMatchObject({ customName: '' });
      const listed = await store.devices.list({ ...all, userId: ada.id });
      expect(listed.count).toBe(4);
    });

    it('are filtered by serial number, custom name and search', async () => {
      const store = await open();
      const { ada, one, two, three, four } = await createDevices(store);
      const ids = async (filter: Partial<DeviceQuery>) =>
        (await store.devices.list({ ...all, userId: ada.id, ...filter })).rows.map(({ id }) => id);
      expect(await ids({ serialNumber: '010' })).toEqual([one]);
      expect(await ids({ serialNumber: '10' })).toEqual([]);
      expect(await ids({ customName: 'beta' })).toEqual([one, four]);
      expect(await ids({ customName: 'beta', current: true })).toEqual([one]);
      expect(await ids({ search: '00000000FF' })).toEqual([one, two, four]);
      expect(await ids({ search: 'ALPHA' })).toEqual([two]);
      expect(await ids({ search: 'üBUNG' })).toEqual([three]);
      expect(await ids({ search: '03' })).toEqual([three]);
      expect(await ids({ search: '' })).toEqual([one, two, three, four]);
      expect(await ids({ search: 'beta', serialNumber: '040', current: false })).toEqual([four]);
    });

    it('are searched for %, _ and \\ literally', async () => {
      const store = await open();
      const { ada, three } = await createDevices(store);
      const ids = async (search: string) =>
        (await store.devices.list({ ...all, userId: ada.id, search })).rows.map(({ id }) => id);
      expect(await ids('%')).toEqual([three]);
      expect(await ids('_')).toEqual([three]);
      expect(await ids('\\')).toEqual([three]);
      expect(await ids('0%0_F')).toEqual([three]);
      expect(await ids('0%f')).toEqual([]);
    });

    it('are sorted, and by ID where the names are equal', async () => {
      const store = await open();
      const { ada, one, two, three, four } = await createDevices(store);
      const ids = async (order: Partial<DeviceQuery>) =>
        (await store.devices.list({ ...all, userId: ada.id, ...order })).rows.map(({ id }) => id);
      expect(await ids({ orderBy: 'custom_name' })).toEqual([two, one, four, three]);
      expect(await ids({ orderBy: 'custom_name', descending: true })).toEqual([three, four, one, two]);
      expect(await ids({ orderBy: 'serial_number' })).toEqual([three, one, two, four]);
      expect(await ids({ orderBy: 'device_name', descending: true })).toEqual([four, three, two, one]);
      expect(await ids({ orderBy: 'id', descending: true })).toEqual([four, three, two, one]);
    });

    it('come in pages that all have the number of matches', async () => {
      const store = await open();
      const { ada, one, three, four } = await createDevices(store);
      const page = async (number: number, limit = 2) => {
        const { count, rows } = await store.devices.list({ ...all, userId: ada.id, page: number, limit });
        return { count, ids: rows.map(({ id }) => id) };
      };
      expect(await page(2)).toEqual({ count: 4, ids: [three, four] });
      expect(await page(1, 1)).toEqual({ count: 4, ids: [one] });
      expect(await page(3)).toEqual({ count: 4, ids: [] });
      expect(await page(Number.MAX_SAFE_INTEGER)).toEqual({ count: 4, ids: [] });
      expect(await store.devices.list({ ...all, userId: 99 })).toEqual({ count: 0, rows: [] });
    });

    it('have a unique serial number', async () => {
      const { devices } = await open();
      const device = { serialNumber: '012345', deviceName: 'AB', ownerId: null, now, record: testChangeRecord };
      expect(await devices.add(device)).toEqual({ outcome: 'added', id: expect.any(Number) });
      expect(await devices.add({ ...device, deviceName: 'CD' })).toEqual({ outcome: 'taken' });
      expect(await devices.add({ ...device, serialNumber: '12345' })).toMatchObject({ outcome: 'added' });
    });

    it('are not added with an owner who does not exist', async () => {
      const store = await open();
      const device = { serialNumber: '1', deviceName: 'AB', now };
      await expect(store.devices.add({ ...device, ownerId: 99, record: testChangeRecord })).rejects.toThrow();
      expect(await store.devices.add({ ...device, ownerId: null, record: testChangeRecord })).toMatchObject({
        outcome: 'added',
      });
    });

    it('are imported, except the known ones', async () => {
      const store = await open();
      const serial = (index: number) => ({ serialNumber: `S${index}`, deviceName: `N${index}` });
      await store.devices.add({ ...serial(7), ownerId: null, now, record: testChangeRecord });
      const batch = [...Array.from({ length: 1200 }, (_, index) => serial(index)), serial(5), serial(1100)];
      const list = { importId: 'list', createdBy: null, now };
      for (const devices of [batch, [serial(9)], []]) await store.devices.stage({ ...list, devices });
      expect(await store.devices.findImport('list')).toMatchObject({
        fresh: 1199,
        known: 1,
        knownSerialNumbers: ['S7'],
      });
      expect(await store.devices.registerStaged('list', now, testChangeRecord)).toEqual({ added: 1199, known: 1 });
      expect(await store.devices.registerStaged('list', now, testChangeRecord)).toBe('unknown');
      expect((await store.devices.search({ text: 'S', limit: 2000 })).rows).toHaveLength(1200);
    });
  });
}
