import { describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../../../src/ports/store/index.ts';
import { migrations } from '../../../src/storage/migrations/index.ts';
import { migrate } from '../../../src/storage/open.ts';
import { testChangeRecord } from '../../support/database/change-records.ts';
import {
  createCode,
  createFamily,
  createUser,
  inParallel,
  newFamily,
  now,
  refreshOf,
  tally,
  unique,
} from './fixtures.ts';
import type { Databases } from './index.ts';

export function lifetimeContract({ newDatabase, openOn }: Databases): void {
  describe('a store', () => {
    it('has all its data when it is opened again', async () => {
      const options = await newDatabase();
      const first = await openOn(options);
      const { user, application, family, ...code } = await createFamily(first);
      const added = await first.devices.add({
        serialNumber: '1',
        deviceName: 'AB',
        ownerId: user.id,
        now,
        record: testChangeRecord,
      });
      await first.close();

      const second = await openOn(options);
      expect(await second.users.findByEmail(user.email)).toEqual(user);
      expect(await second.applications.find(application.id)).toEqual(application);
      expect(await second.families.findByRefreshToken(refreshOf(family))).toMatchObject({ revocationCause: null });
      expect(await second.codes.redeem(code, newFamily())).toBe('lost');
      expect(await second.devices.find(user.id, added.outcome === 'added' ? added.id : 0)).toBeDefined();
    });

    it('is created once by 6 parallel openings, and shared by them', async () => {
      const options = await newDatabase();
      const stores = await inParallel(6, () => openOn(options));
      const { user, ...code } = await createCode(stores[0] ?? (await openOn(options)));
      for (const store of stores) expect(await store.users.find(user.id)).toEqual(user);
      const outcomes = await inParallel(60, (index) =>
        (stores[index % 6] ?? unopened()).codes.redeem(code, newFamily()),
      );
      expect(tally(outcomes)).toEqual({ won: 1, lost: 59 });
      await inParallel(60, (index) => createUser(stores[index % 6] ?? unopened()));
      for (const store of stores) expect(await store.users.count()).toBe(61);
    });

    it('is migrated once', async () => {
      const options = await newDatabase();
      const applied = await inParallel(3, () => migrate(options));
      expect(applied.flat()).toEqual(migrations.map(({ name }) => name));
      expect(await migrate(options)).toEqual([]);
    });

    it('finishes earlier calls before it closes', async () => {
      const options = await newDatabase();
      const store = await openOn(options);
      const creating = inParallel(30, () => createUser(store));
      const closed = store.close();
      await creating;
      await closed;
      expect(await (await openOn(options)).users.count()).toBe(30);
    });

    it('is unavailable once it is closed', async () => {
      const store = await openOn(await newDatabase());
      await store.close();
      await store.close();
      await expect(store.users.count()).rejects.toThrow(StoreUnavailable);
      await expect(createUser(store)).rejects.toThrow(StoreUnavailable);
      await expect(store.maintenance.check({ write: false })).rejects.toThrow(StoreUnavailable);
      await expect(store.families.findByRefreshToken({ familyId: unique(), hash: unique() })).rejects.toThrow(
        StoreUnavailable,
      );
    });
  });
}

function unopened(): never {
  throw new Error('There is no such store');
}
