import { describe, expect, it } from 'vitest';
import { createApplication, inParallel } from './fixtures.ts';
import type { Open } from './index.ts';

export function trafficContract(open: Open): void {
  describe('traffic', () => {
    it('is added up by application and day, and listed from a day on, oldest first', async () => {
      const store = await open();
      const [{ id: one }, { id: two }] = [await createApplication(store), await createApplication(store)];
      const count = (applicationId: string, day: number, requests: number, errors = 0) => {
        return { applicationId, day, requests, errors };
      };
      await store.traffic.add([count(one, 12, 5, 1), count(one, 10, 1), count(one, 10, 2, 2), count(two, 12, 7, 7)]);
      await store.traffic.add([count(one, 12, 1), count(two, 11, 0)]);
      await store.traffic.add([]);
      const [ten, eleven, twelve] = [
        { day: 10, requests: 3, errors: 2 },
        { day: 11, requests: 0, errors: 0 },
        { day: 12, requests: 6, errors: 1 },
      ];
      expect(await store.traffic.list(one, 0)).toEqual([ten, twelve]);
      expect(await store.traffic.list(one, 10)).toEqual([ten, twelve]);
      expect(await store.traffic.list(one, 11)).toEqual([twelve]);
      expect(await store.traffic.list(one, 13)).toEqual([]);
      expect(await store.traffic.list('nobody', 0)).toEqual([]);
      const both = { day: 12, requests: 13, errors: 8 };
      expect(await store.traffic.total(0)).toEqual([ten, eleven, both]);
      expect(await store.traffic.total(12)).toEqual([both]);
      expect(await store.traffic.total(13)).toEqual([]);
    });

    it('keeps counts beyond 32 bits', async () => {
      const store = await open();
      const { id: applicationId } = await createApplication(store);
      const count = { applicationId, day: 1, requests: 2 ** 40, errors: 2 ** 33 };
      await store.traffic.add([count, count]);
      const sum = { day: 1, requests: 2 ** 41, errors: 2 ** 34 };
      expect(await store.traffic.list(applicationId, 0)).toEqual([sum]);
      expect(await store.traffic.total(0)).toEqual([sum]);
    });

    it('of an unknown application is refused with all counts of the call', async () => {
      const store = await open();
      const { id } = await createApplication(store);
      const counts = [id, 'nobody'].map((applicationId) => ({ applicationId, day: 1, requests: 1, errors: 0 }));
      await expect(store.traffic.add(counts)).rejects.toThrow();
      expect(await store.traffic.total(0)).toEqual([]);
    });

    it('is counted completely by 20 parallel calls, in any order', async () => {
      const store = await open();
      const applications = await inParallel(5, () => createApplication(store));
      const counts = applications.map(({ id }) => ({ applicationId: id, day: 1, requests: 2, errors: 1 }));
      await inParallel(20, (index) => store.traffic.add(index % 2 === 0 ? counts : counts.toReversed()));
      expect(await store.traffic.total(0)).toEqual([{ day: 1, requests: 200, errors: 100 }]);
    });
  });
}
