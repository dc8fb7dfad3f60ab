import { describe, expect, it } from 'vitest';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { createUser, now } from './fixtures.ts';
import type { Open } from './index.ts';
import { createDraft, createSubmitted, draftOf, stepOf } from './registration-fixtures.ts';

export function registrationQueueContract(open: Open): void {
  describe('registrations', () => {
    it('are listed for their owner, newest first', async () => {
      const store = await open();
      const owner = await createUser(store);
      await createDraft(store);
      const drafts = [
        draftOf(owner, { id: 'b' }),
        draftOf(owner, { id: 'a' }),
        draftOf(owner, { id: 'c', now: now + 1 }),
      ];
      for (const draft of drafts) await store.registrations.saveDraft(draft);
      const listed = await store.registrations.listOwn(owner.id);
      expect(listed.map(({ id }) => id)).toEqual(['c', 'a', 'b']);
      expect(listed[0]).toMatchObject({ ownerId: owner.id, state: 'draft', version: 1 });
      expect(await store.registrations.listOwn(99)).toEqual([]);
    });

    it('wait in a queue, ordered by when they were last submitted, and have a position in it', async () => {
      const store = await open();
      for (const [id, at] of [
        ['d', now],
        ['c', now + 2],
        ['b', now + 1],
        ['a', now + 1],
      ] as const) {
        await createSubmitted(store, at, id);
      }
      await createDraft(store);
      // The first one goes to the end of the queue; the one that is not queued again stays.
      await store.registrations.step(stepOf('d', { version: 2, now: now + 2 }));
      await store.registrations.step(stepOf('a', { version: 2, queued: false, now: now + 9 }));
      const list = (limit: number, after?: string) =>
        store.registrations.list({ state: 'submitted', limit, ...(after !== undefined && { after }) });
      const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
      const all = await list(4);
      expect([idsOf(all.rows), all.next]).toEqual([['a', 'b', 'c', 'd'], null]);
      expect(all.rows[0]?.ownerEmail).toContain('@example.org');
      for (const limit of [1, 2, 3]) {
        const first = await list(limit);
        expect(idsOf(first.rows)).toEqual(['a', 'b', 'c', 'd'].slice(0, limit));
        const second = await list(9, first.next ?? '');
        expect([idsOf(second.rows), second.next]).toEqual([['a', 'b', 'c', 'd'].slice(limit), null]);
      }
      expect(await list(9, 'x')).toEqual({ rows: [], next: null });
      const positions = await Promise.all(all.rows.map((row) => store.registrations.position(row)));
      expect(positions).toEqual([1, 2, 3, 4]);
    });

    it('are counted by state, with the times since when they wait', async () => {
      const store = await open();
      const none = { draft: 0, submitted: 0, information_requested: 0, approved: 0, declined: 0, withdrawn: 0 };
      expect(await store.registrations.overview()).toEqual({ counts: none, waitingSince: [] });
      await createDraft(store);
      await createSubmitted(store, now + 2);
      await createSubmitted(store, now + 1);
      const { id } = await createSubmitted(store, now);
      await store.registrations.step(
        stepOf(id, { version: 2, state: 'declined', queued: false, record: testChangeRecord }),
      );
      const counts = { ...none, draft: 1, submitted: 2, declined: 1 };
      expect(await store.registrations.overview()).toEqual({ counts, waitingSince: [now + 1, now + 2] });
      const declined = await store.registrations.list({ state: 'declined', limit: 9 });
      expect(declined.rows).toEqual([await store.registrations.find(id, 'platform')]);
    });
  });
}
