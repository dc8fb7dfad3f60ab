import { describe, expect, it } from 'vitest';
import type { Application, GrantChange, GrantChanges, Store } from '../../../src/ports/store/index.ts';
import { aChangeRecord } from '../../support/change-records.ts';
import { inParallel, makeApplication, now, tally, unique } from './fixtures.ts';
import type { Open } from './index.ts';
import { never, newNote, once, timesKept } from './kept.ts';

type Request = Omit<Parameters<GrantChanges['request']>[0], 'record'>;

function requestFor({ id }: Application, change: Partial<Request> = {}): Request {
  const types = { from: 'authorization_code', to: 'password' } as const;
  const rest = { reason: 'A kiosk', state: 'requested', createdAt: now, dueAt: null } as const;
  return { id: unique(), applicationId: id, ...types, ...rest, ...change };
}

async function makeChange(store: Store, change: Partial<Request> = {}) {
  const application = await makeApplication(store);
  const request = requestFor(application, change);
  await store.grantChanges.request({ ...request, record: aChangeRecord });
  return { application, request, change: { ...request, doneAt: null } as GrantChange };
}

export function grantChangesContract(open: Open): void {
  describe('changes of the grant type', () => {
    it('are listed, newest first, and found', async () => {
      const store = await open();
      const { application, change } = await makeChange(store);
      const { id } = change;
      const settlement = { id, from: 'requested', state: 'cancelled', now, record: aChangeRecord } as const;
      expect(await store.grantChanges.settle(settlement)).toBe('settled');
      const second = requestFor(application, { createdAt: now + 1 });
      const record = newNote();
      expect(await store.grantChanges.request({ ...second, record })).toBe('requested');
      const cancelled = { ...change, state: 'cancelled' };
      expect(await store.grantChanges.list(application.id)).toEqual([{ ...second, doneAt: null }, cancelled]);
      expect(await store.grantChanges.find(id)).toEqual(cancelled);
      expect(await store.grantChanges.find(unique())).toBeUndefined();
      expect(await store.grantChanges.list('nobody')).toEqual([]);
      expect(await timesKept(store, record)).toEqual(once);
    });

    it('are open one at a time for each application, also of 10 that are requested at once', async () => {
      const store = await open();
      const [application, other] = [await makeApplication(store), await makeApplication(store)];
      const record = newNote();
      const outcomes = await inParallel(10, (index) => {
        const state = index % 2 === 0 ? 'requested' : 'scheduled';
        return store.grantChanges.request({ ...requestFor(application, { state }), record });
      });
      expect(tally(outcomes)).toEqual({ requested: 1, open: 9 });
      expect(await timesKept(store, record)).toEqual(once);
      expect(await store.grantChanges.list(application.id)).toHaveLength(1);
      expect(await store.grantChanges.request({ ...requestFor(other), record: aChangeRecord })).toBe('requested');
      const refused = newNote();
      const unknown = store.grantChanges.request({ ...requestFor(other), applicationId: 'nobody', record: refused });
      await expect(unknown).rejects.toThrow();
      expect(await timesKept(store, refused)).toEqual(never);
    });

    it('are open until they are settled, oldest first, with the names of their applications', async () => {
      const store = await open();
      const young = await makeChange(store, { createdAt: now + 2 });
      const old = await makeChange(store, { createdAt: now + 1, state: 'scheduled', dueAt: now + 9 });
      const settled = await makeChange(store);
      const ending = {
        id: settled.request.id,
        from: 'requested',
        state: 'declined',
        now,
        record: aChangeRecord,
      } as const;
      await store.grantChanges.settle(ending);
      const named = ({ application, change }: typeof old) => {
        return { ...change, clientId: application.clientId, applicationName: application.name };
      };
      expect(await store.grantChanges.open()).toEqual([named(old), named(young)]);
    });

    it('are due from their date on, if they are scheduled', async () => {
      const store = await open();
      const early = await makeChange(store, { state: 'scheduled', dueAt: now + 1 });
      const late = await makeChange(store, { state: 'scheduled', dueAt: now + 2 });
      await makeChange(store);
      const due = async (time: number) => (await store.grantChanges.due(time)).map(({ id }) => id);
      expect(await due(now)).toEqual([]);
      expect(await due(now + 1)).toEqual([early.request.id]);
      expect(await due(now + 2)).toEqual([early.request.id, late.request.id]);
      const { id } = early.request;
      await store.grantChanges.settle({ id, from: 'scheduled', state: 'done', now, record: aChangeRecord });
      expect(await due(now + 2)).toEqual([late.request.id]);
    });

    it('are scheduled, made and undone, and the application changes with them', async () => {
      const store = await open();
      const { application, change } = await makeChange(store);
      const bystander = await makeApplication(store);
      const { id } = change;
      const settle = async (settlement: Pick<Parameters<GrantChanges['settle']>[0], 'from' | 'state' | 'switches'>) => {
        const settled = await store.grantChanges.settle({
          id,
          dueAt: now + 5,
          now: now + 7,
          record: aChangeRecord,
          ...settlement,
        });
        const { grantType } = (await store.applications.find(application.id)) ?? {};
        return [settled, grantType, await store.grantChanges.find(id)];
      };
      const scheduled = { ...change, state: 'scheduled', dueAt: now + 5 };
      expect(await settle({ from: 'requested', state: 'scheduled' })).toEqual([
        'settled',
        'authorization_code',
        scheduled,
      ]);
      const done = { ...scheduled, state: 'done', doneAt: now + 7 };
      expect(await settle({ from: 'scheduled', state: 'done', switches: 'password' })).toEqual([
        'settled',
        'password',
        done,
      ]);
      expect((await store.applications.findByClientId(application.clientId))?.application.grantType).toBe('password');
      expect(await settle({ from: 'done', state: 'undone', switches: 'authorization_code' })).toEqual([
        'settled',
        'authorization_code',
        { ...done, state: 'undone' },
      ]);
      expect(await store.applications.find(bystander.id)).toEqual(bystander);
    });

    it('are settled by one of 10 at once, and switch nothing for the others', async () => {
      const store = await open();
      const { application, request } = await makeChange(store);
      const [record, refused] = [newNote(), newNote()];
      const settlement = { id: request.id, from: 'requested', now } as const;
      const outcomes = await inParallel(10, () =>
        store.grantChanges.settle({ ...settlement, state: 'done', switches: 'password', record }),
      );
      expect(tally(outcomes)).toEqual({ settled: 1, lost: 9 });
      const back = { state: 'undone', switches: 'authorization_code', record: refused } as const;
      expect(await store.grantChanges.settle({ ...settlement, ...back })).toBe('lost');
      expect(await store.grantChanges.settle({ ...settlement, ...back, id: unique() })).toBe('lost');
      expect(await store.applications.find(application.id)).toMatchObject({ grantType: 'password' });
      expect(await timesKept(store, record)).toEqual(once);
      expect(await timesKept(store, refused)).toEqual(never);
    });
  });
}
