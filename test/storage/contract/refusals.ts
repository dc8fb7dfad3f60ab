import { describe, expect, it } from 'vitest';
import type { RefusedRequest } from '../../../src/ports/store/index.ts';
import { aChangeRecord } from '../../support/change-records.ts';
import { inParallel, makeApplication, makeUser, now, unique } from './fixtures.ts';
import type { Open } from './index.ts';
import { readParts } from './kept.ts';

function refusalOf(applicationId: string, change: Partial<RefusedRequest> = {}): RefusedRequest {
  const request = { applicationId, at: now, requestId: unique(), endpoint: 'token', status: 400 } as const;
  return { ...request, error: 'invalid_grant', cause: 'code_expired', expected: [], received: null, ...change };
}

const refusalsOf = (applicationId: string, count: number) =>
  Array.from({ length: count }, () => refusalOf(applicationId));

export function refusalsContract(open: Open): void {
  describe('refused requests', () => {
    it('are listed for their application, newest first, and found by the ID of the request', async () => {
      const store = await open();
      const [{ id }, other] = [await makeApplication(store), await makeApplication(store)];
      const expected = ['https://planner.example/callback', 'Zürich "\\'];
      const [first, second] = [refusalOf(id, { expected, received: '' }), refusalOf(id, { at: now - 1 })];
      const foreign = refusalOf(other.id);
      await store.refusedRequests.append([first, foreign, second], 10);
      await store.refusedRequests.append([], 10);
      expect(await store.refusedRequests.list({ applicationId: id, limit: 9 })).toEqual({
        rows: [second, first],
        next: null,
      });
      expect(await store.refusedRequests.list({ applicationId: 'nobody', limit: 9 })).toEqual({ rows: [], next: null });
      expect(await store.refusedRequests.find(first.requestId, 'administrators')).toEqual(first);
      expect(await store.refusedRequests.find(foreign.requestId, 'administrators')).toEqual(foreign);
      expect(await store.refusedRequests.find(unique(), 'administrators')).toBeUndefined();
    });

    it('are found in their application and by its members only', async () => {
      const store = await open();
      const [{ id: applicationId }, other] = [await makeApplication(store), await makeApplication(store)];
      const [member, stranger] = [await makeUser(store), await makeUser(store)];
      await store.members.add({ applicationId, userId: member.id, role: 'member', now, record: aChangeRecord });
      await store.members.add({
        applicationId: other.id,
        userId: stranger.id,
        role: 'owner',
        now,
        record: aChangeRecord,
      });
      const refusal = refusalOf(applicationId);
      await store.refusedRequests.append([refusal], 5);
      expect(await store.refusedRequests.find(refusal.requestId, { applicationId })).toEqual(refusal);
      expect(await store.refusedRequests.find(refusal.requestId, { applicationId: other.id })).toBeUndefined();
      expect(await store.refusedRequests.find(refusal.requestId, { memberId: member.id })).toEqual(refusal);
      expect(await store.refusedRequests.find(refusal.requestId, { memberId: stranger.id })).toBeUndefined();
      expect(await store.refusedRequests.find(unique(), { memberId: member.id })).toBeUndefined();
    });

    it('come in parts of at most the limit', async () => {
      const store = await open();
      const { id: applicationId } = await makeApplication(store);
      const appended = refusalsOf(applicationId, 6);
      await store.refusedRequests.append(appended, 10);
      const parts = async (limit: number) =>
        readParts((after) => store.refusedRequests.list({ applicationId, limit, ...after }));
      const [one, two, three, four, five, six] = appended;
      expect(await parts(4)).toEqual([
        [six, five, four, three],
        [two, one],
      ]);
      expect(await parts(3)).toEqual([
        [six, five, four],
        [three, two, one],
      ]);
      expect(await store.refusedRequests.list({ applicationId, limit: 3, after: 'x' })).toEqual({
        rows: [],
        next: null,
      });
    });

    it('are kept in a limited number, the newest of each application', async () => {
      const store = await open();
      const [{ id }, other] = [await makeApplication(store), await makeApplication(store)];
      const [few, many] = [refusalsOf(other.id, 2), refusalsOf(id, 7)];
      await store.refusedRequests.append([...few, ...many], 5);
      const kept = async (applicationId: string) =>
        (await store.refusedRequests.list({ applicationId, limit: 99 })).rows;
      expect(await kept(id)).toEqual(many.slice(-5).reverse());
      expect(await kept(other.id)).toEqual(few.toReversed());
      // Without any of its own, an application keeps what it has.
      await store.refusedRequests.append(refusalsOf(id, 1), 1);
      expect(await kept(id)).toHaveLength(1);
      expect(await kept(other.id)).toHaveLength(2);
    });

    it('of unknown applications are dropped, and those of others with them are not', async () => {
      const store = await open();
      const { id } = await makeApplication(store);
      const [unknown, known] = [refusalOf('nobody'), refusalOf(id)];
      await store.refusedRequests.append([unknown, known], 5);
      expect(await store.refusedRequests.find(unknown.requestId, 'administrators')).toBeUndefined();
      expect(await store.refusedRequests.find(known.requestId, 'administrators')).toEqual(known);
    });

    it('are all kept of 20 who append at once, in whatever order', async () => {
      const store = await open();
      const applications = await inParallel(4, () => makeApplication(store));
      const append = (index: number, keep: number) => {
        const some = applications.map(({ id }) => refusalOf(id));
        return store.refusedRequests.append(index % 2 === 0 ? some : some.toReversed(), keep);
      };
      const counts = () =>
        inParallel(4, async (index) => {
          const applicationId = applications[index]?.id ?? '';
          return (await store.refusedRequests.list({ applicationId, limit: 99 })).rows.length;
        });
      await inParallel(20, (index) => append(index, 99));
      expect(await counts()).toEqual([20, 20, 20, 20]);
      await inParallel(20, (index) => append(index, 3));
      await append(0, 3);
      expect(await counts()).toEqual([3, 3, 3, 3]);
    });
  });
}
