import { describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../../../src/ports/store/index.ts';
import { migrations } from '../../../src/storage/migrations/index.ts';
import { migrate } from '../../../src/storage/open.ts';
import { aChangeRecord } from '../../support/change-records.ts';
import { inParallel, makeCode, makeFamily, makeUser, newFamily, now, refreshOf, tally, unique } from './fixtures.ts';
import type { Places } from './index.ts';

export function lifetimeContract({ newPlace, openIn }: Places): void {
  describe('a store', () => {
    it('has everything when it is opened again', async () => {
      const place = await newPlace();
      const first = await openIn(place);
      const { user, application, family, ...code } = await makeFamily(first);
      const added = await first.devices.add({
        serialNumber: '1',
        deviceName: 'AB',
        ownerId: user.id,
        now,
        record: aChangeRecord,
      });
      await first.close();

      const second = await openIn(place);
      expect(await second.users.findByEmail(user.email)).toEqual(user);
      expect(await second.applications.find(application.id)).toEqual(application);
      expect(await second.families.findByRefreshToken(refreshOf(family))).toMatchObject({ endedBy: null });
      expect(await second.codes.redeem(code, newFamily())).toBe('lost');
      expect(await second.devices.find(user.id, added.outcome === 'added' ? added.id : 0)).toBeDefined();
    });

    it('is made once by 6 who open it at once, and shared by them', async () => {
      const place = await newPlace();
      const stores = await inParallel(6, () => openIn(place));
      const { user, ...code } = await makeCode(stores[0] ?? (await openIn(place)));
      for (const store of stores) expect(await store.users.find(user.id)).toEqual(user);
      const answers = await inParallel(60, (index) =>
        (stores[index % 6] ?? unopened()).codes.redeem(code, newFamily()),
      );
      expect(tally(answers)).toEqual({ won: 1, lost: 59 });
      await inParallel(60, (index) => makeUser(stores[index % 6] ?? unopened()));
      for (const store of stores) expect(await store.users.count()).toBe(61);
    });

    it('is migrated once', async () => {
      const place = await newPlace();
      const applied = await inParallel(3, () => migrate(place));
      expect(applied.flat()).toEqual(migrations.map(({ name }) => name));
      expect(await migrate(place)).toEqual([]);
    });

    it('finishes what it was asked before it closes', async () => {
      const place = await newPlace();
      const store = await openIn(place);
      const made = inParallel(30, () => makeUser(store));
      const closed = store.close();
      await made;
      await closed;
      expect(await (await openIn(place)).users.count()).toBe(30);
    });

    it('is unavailable once it is closed', async () => {
      const store = await openIn(await newPlace());
      await store.close();
      await store.close();
      await expect(store.users.count()).rejects.toThrow(StoreUnavailable);
      await expect(makeUser(store)).rejects.toThrow(StoreUnavailable);
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
