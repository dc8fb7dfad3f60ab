import { describe, expect, it } from 'vitest';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { never, newChangeRecord, once, timesStored } from './change-records.ts';
import { inParallel, now, unique } from './fixtures.ts';
import type { Open } from './index.ts';

/** Devices with these serial numbers. */
const devicesOf = (serialNumbers: readonly string[], deviceName = '00112233aabb') =>
  serialNumbers.map((serialNumber) => ({ serialNumber, deviceName }));

const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => String(from + index).padStart(3, '0'));

export function deviceImportsContract(open: Open): void {
  describe('staged lists of devices', () => {
    it('register nothing, grow part by part, and count the known devices', async () => {
      const { devices } = await open();
      for (const device of devicesOf(range(0, 25)))
        await devices.add({ ...device, ownerId: null, now, record: testChangeRecord });
      const part = { importId: unique(), createdBy: null, now };
      await devices.stage({ ...part, devices: devicesOf(range(2, 30)) });
      await devices.stage({ ...part, devices: devicesOf(range(20, 40)), now: now + 1 });
      expect(await devices.findImport(part.importId)).toEqual({
        id: part.importId,
        createdAt: now,
        fresh: 15,
        known: 23,
        // The first 20 of them.
        knownSerialNumbers: range(2, 22),
      });
      expect((await devices.search({ limit: 99 })).rows).toHaveLength(25);
      expect(await devices.findImport(unique())).toBeUndefined();
    });

    it('keep the first of two devices with one serial number, and leave a known device unchanged', async () => {
      const { devices } = await open();
      await devices.add({ serialNumber: '1', deviceName: 'FIRST', ownerId: null, now, record: testChangeRecord });
      const importId = unique();
      const staged = [...devicesOf(['1', '2'], 'SECOND'), ...devicesOf(['2'], 'THIRD')];
      await devices.stage({ importId, createdBy: null, devices: staged, now });
      expect(await devices.registerStaged(importId, now + 1, testChangeRecord)).toEqual({ added: 1, known: 1 });
      const { rows } = await devices.search({ limit: 9 });
      expect(rows).toMatchObject([
        { serialNumber: '2', deviceName: 'SECOND', createdAt: now + 1, owner: null },
        { serialNumber: '1', deviceName: 'FIRST', createdAt: now },
      ]);
    });

    it('are registered by one of 10 parallel calls', async () => {
      const store = await open();
      const importId = unique();
      await store.devices.stage({ importId, createdBy: null, devices: devicesOf(range(0, 30)), now });
      const record = newChangeRecord();
      const outcomes = await inParallel(10, () => store.devices.registerStaged(importId, now, record));
      expect(outcomes.filter((outcome) => outcome !== 'unknown')).toEqual([{ added: 30, known: 0 }]);
      expect(await store.devices.findImport(importId)).toBeUndefined();
      expect(await timesStored(store, record)).toEqual(once);
    });

    it('that contain the same devices register each of them once', async () => {
      const { devices } = await open();
      const ids = [unique(), unique(), unique()];
      for (const [index, importId] of ids.entries()) {
        const serials = range(index * 10, index * 10 + 20);
        const staged = devicesOf(index === 1 ? serials.toReversed() : serials);
        await devices.stage({ importId, createdBy: null, devices: staged, now });
      }
      const outcomes = await Promise.all(
        ids.map((importId) => devices.registerStaged(importId, now, testChangeRecord)),
      );
      const added = outcomes.map((outcome) => (outcome === 'unknown' ? 0 : outcome.added));
      expect(added.reduce((sum, count) => sum + count)).toBe(40);
      const { rows } = await devices.search({ limit: 99 });
      expect(rows.map(({ serialNumber }) => serialNumber).toSorted()).toEqual(range(0, 40));
    });

    it('are deleted with their devices, and other lists are not', async () => {
      const store = await open();
      const [dropped, other] = [unique(), unique()];
      const record = newChangeRecord();
      for (const importId of [dropped, other]) {
        await store.devices.stage({ importId, createdBy: null, devices: devicesOf(['1']), now });
      }
      await store.devices.dropImport(dropped);
      await store.devices.dropImport(unique());
      expect(await store.devices.findImport(dropped)).toBeUndefined();
      expect(await store.devices.registerStaged(dropped, now, record)).toBe('unknown');
      expect(await timesStored(store, record)).toEqual(never);
      // A new list with the same ID starts empty.
      await store.devices.stage({ importId: dropped, createdBy: null, devices: [], now });
      expect(await store.devices.findImport(dropped)).toMatchObject({ fresh: 0, known: 0 });
      expect(await store.devices.findImport(other)).toMatchObject({ fresh: 1 });
    });
  });
}
