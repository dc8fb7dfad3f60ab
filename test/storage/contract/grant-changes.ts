import { describe, expect, it } from 'vitest';
import type { Application, GrantChange, GrantChanges, Store } from '../../../src/ports/store/index.ts';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { never, newChangeRecord, once, timesStored } from './change-records.ts';
import { createApplication, inParallel, now, tally, unique } from './fixtures.ts';
import type { Open } from './index.ts';

type Request = Omit<Parameters<GrantChanges['request']>[0], 'record'>;

function requestFor({ id }: Application, change: Partial<Request> = {}): Request {
  const types = { from: 'authorization_code', to: 'password' } as const;
  const rest = { reason: 'A kiosk', state: 'requested', createdAt: now, dueAt: null } as const;
  return { id: unique(), applicationId: id, ...types, ...rest, ...change };
}

async function createChange(store: Store, change: Partial<Request> = {}) {
  const application = await createApplication(store);
  const request = requestFor(application, change);
  await store.grantChanges.request({ ...request, record: testChangeRecord });
  return { application, request, change: { ...request, doneAt: null } as GrantChange };
}

export function grantChangesContract(open: Open): void {
  describe('changes of the grant type', () => {
    it('are listed, newest first, and found', async () => {
      const store = await open();
      const { application, change } = await createChange(store);
      const { id } = change;
      const step = { id, from: 'requested', state: 'cancelled', now, record: testChangeRecord } as const;
      expect(await store.grantChanges.updateState(step)).toBe('changed');
      const second = requestFor(application, { createdAt: now + 1 });
      const record = newChangeRecord();
      expect(await store.grantChanges.request({ ...second, record })).toBe('requested');
      const cancelled = { ...change, state: 'cancelled' };
      expect(await store.grantChanges.list(application.id)).toEqual([{ ...second, doneAt: null }, cancelled]);
      expect(await store.grantChanges.find(id)).toEqual(cancelled);
      expect(await store.grantChanges.find(unique())).toBeUndefined();
      expect(await store.grantChanges.list('nobody')).toEqual([]);
      expect(await timesStored(store, record)).toEqual(once);
    });

    it('are open one at a time for each application, even after 10 parallel requests', async () => {
      const store = await open();
      const [application, other] = [await createApplication(store), await createApplication(store)];
      const record = newChangeRecord();
      const outcomes = await inParallel(10, (index) => {
        const state = index % 2 === 0 ? 'requested' : 'scheduled';
        return store.grantChanges.request({ ...requestFor(application, { state }), record });
      });
      expect(tally(outcomes)).toEqual({ requested: 1, open: 9 });
      expect(await timesStored(store, record)).toEqual(once);
      expect(await store.grantChanges.list(application.id)).toHaveLength(1);
      expect(await store.grantChanges.request({ ...requestFor(other), record: testChangeRecord })).toBe('requested');
      const refused = newChangeRecord();
      const unknown = store.grantChanges.request({ ...requestFor(other), applicationId: 'nobody', record: refused });
      await expect(unknown).rejects.toThrow();
      expect(await timesStored(store, refused)).toEqual(never);
    });

    it('are listed while they are open, oldest first, with the names of their applications', async () => {
      const store = await open();
      const young = await createChange(store, { createdAt: now + 2 });
      const old = await createChange(store, { createdAt: now + 1, state: 'scheduled', dueAt: now + 9 });
      const declined = await createChange(store);
      const step = {
        id: declined.request.id,
        from: 'requested',
        state: 'declined',
        now,
        record: testChangeRecord,
      } as const;
      await store.grantChanges.updateState(step);
      const named = ({ application, change }: typeof old) => {
        return { ...change, clientId: application.clientId, applicationName: application.name };
      };
      expect(await store.grantChanges.open()).toEqual([named(old), named(young)]);
    });

    it('are due from their date on if they are scheduled', async () => {
      const store = await open();
      const early = await createChange(store, { state: 'scheduled', dueAt: now + 1 });
      const late = await createChange(store, { state: 'scheduled', dueAt: now + 2 });
      await createChange(store);
      const due = async (time: number) => (await store.grantChanges.due(time)).map(({ id }) => id);
      expect(await due(now)).toEqual([]);
      expect(await due(now + 1)).toEqual([early.request.id]);
      expect(await due(now + 2)).toEqual([early.request.id, late.request.id]);
      const { id } = early.request;
      await store.grantChanges.updateState({ id, from: 'scheduled', state: 'done', now, record: testChangeRecord });
      expect(await due(now + 2)).toEqual([late.request.id]);
    });

    it('are scheduled, done and undone, and the application changes with them', async () => {
      const store = await open();
      const { application, change } = await createChange(store);
      const bystander = await createApplication(store);
      const { id } = change;
      const move = async (step: Pick<Parameters<GrantChanges['updateState']>[0], 'from' | 'state' | 'switches'>) => {
        const outcome = await store.grantChanges.updateState({
          id,
          dueAt: now + 5,
          now: now + 7,
          record: testChangeRecord,
          ...step,
        });
        const { grantType } = (await store.applications.find(application.id)) ?? {};
        return [outcome, grantType, await store.grantChanges.find(id)];
      };
      const scheduled = { ...change, state: 'scheduled', dueAt: now + 5 };
      expect(await move({ from: 'requested', state: 'scheduled' })).toEqual([
        'changed',
        'authorization_code',
        scheduled,
      ]);
      const done = { ...scheduled, state: 'done', doneAt: now + 7 };
      expect(await move({ from: 'scheduled', state: 'done', switches: 'password' })).toEqual([
        'changed',
        'password',
        done,
      ]);
      expect((await store.applications.findByClientId(application.clientId))?.application.grantType).toBe('password');
      expect(await move({ from: 'done', state: 'undone', switches: 'authorization_code' })).toEqual([
        'changed',
        'authorization_code',
        { ...done, state: 'undone' },
      ]);
      expect(await store.applications.find(bystander.id)).toEqual(bystander);
    });

    it('are done by one of 10 parallel calls, and the others change nothing', async () => {
      const store = await open();
      const { application, request } = await createChange(store);
      const [record, refused] = [newChangeRecord(), newChangeRecord()];
      const step = { id: request.id, from: 'requested', now } as const;
      const outcomes = await inParallel(10, () =>
        store.grantChanges.updateState({ ...step, state: 'done', switches: 'password', record }),
      );
      expect(tally(outcomes)).toEqual({ changed: 1, lost: 9 });
      const back = { state: 'undone', switches: 'authorization_code', record: refused } as const;
      expect(await store.grantChanges.updateState({ ...step, ...back })).toBe('lost');
      expect(await store.grantChanges.updateState({ ...step, ...back, id: unique() })).toBe('lost');
      expect(await store.applications.find(application.id)).toMatchObject({ grantType: 'password' });
      expect(await timesStored(store, record)).toEqual(once);
      expect(await timesStored(store, refused)).toEqual(never);
    });
  });
}
