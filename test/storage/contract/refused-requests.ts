import { describe, expect, it } from 'vitest';
import type { RefusedRequest } from '../../../src/ports/store/index.ts';
import { testChangeRecord } from '../../support/database/change-records.ts';
import { readPages } from './change-records.ts';
import { createApplication, createUser, inParallel, now, unique } from './fixtures.ts';
import type { Open } from './index.ts';

function requestOf(applicationId: string, change: Partial<RefusedRequest> = {}): RefusedRequest {
  const request = { applicationId, at: now, requestId: unique(), endpoint: 'token', status: 400 } as const;
  return { ...request, error: 'invalid_grant', cause: 'code_expired', expected: [], received: null, ...change };
}

const requestsOf = (applicationId: string, count: number) =>
  Array.from({ length: count }, () => requestOf(applicationId));

export function refusedRequestsContract(open: Open): void {
  describe('refused requests', () => {
    it('are listed for their application, newest first, and found by request ID', async () => {
      const store = await open();
      const [{ id }, other] = [await createApplication(store), await createApplication(store)];
      const expected = ['https://planner.example/callback', 'Zürich "\\'];
      const [first, second] = [requestOf(id, { expected, received: '' }), requestOf(id, { at: now - 1 })];
      const foreign = requestOf(other.id);
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

    it('are found for their application and its members only', async () => {
      const store = await open();
      const [{ id: applicationId }, other] = [await createApplication(store), await createApplication(store)];
      const [member, stranger] = [await createUser(store), await createUser(store)];
      await store.members.add({ applicationId, userId: member.id, role: 'member', now, record: testChangeRecord });
      await store.members.add({
        applicationId: other.id,
        userId: stranger.id,
        role: 'owner',
        now,
        record: testChangeRecord,
      });
      const refused = requestOf(applicationId);
      await store.refusedRequests.append([refused], 5);
      expect(await store.refusedRequests.find(refused.requestId, { applicationId })).toEqual(refused);
      expect(await store.refusedRequests.find(refused.requestId, { applicationId: other.id })).toBeUndefined();
      expect(await store.refusedRequests.find(refused.requestId, { memberId: member.id })).toEqual(refused);
      expect(await store.refusedRequests.find(refused.requestId, { memberId: stranger.id })).toBeUndefined();
      expect(await store.refusedRequests.find(unique(), { memberId: member.id })).toBeUndefined();
    });

    it('come in pages of at most the limit', async () => {
      const store = await open();
      const { id: applicationId } = await createApplication(store);
      const appended = requestsOf(applicationId, 6);
      await store.refusedRequests.append(appended, 10);
      const pages = async (limit: number) =>
        readPages((after) => store.refusedRequests.list({ applicationId, limit, ...after }));
      const [one, two, three, four, five, six] = appended;
      expect(await pages(4)).toEqual([
        [six, five, four, three],
        [two, one],
      ]);
      expect(await pages(3)).toEqual([
        [six, five, four],
        [three, two, one],
      ]);
      expect(await store.refusedRequests.list({ applicationId, limit: 3, after: 'x' })).toEqual({
        rows: [],
        next: null,
      });
    });

    it('are limited in number: the newest of each application stay', async () => {
      const store = await open();
      const [{ id }, other] = [await createApplication(store), await createApplication(store)];
      const [few, many] = [requestsOf(other.id, 2), requestsOf(id, 7)];
      await store.refusedRequests.append([...few, ...many], 5);
      const stored = async (applicationId: string) =>
        (await store.refusedRequests.list({ applicationId, limit: 99 })).rows;
      expect(await stored(id)).toEqual(many.slice(-5).reverse());
      expect(await stored(other.id)).toEqual(few.toReversed());
      // A call without requests of an application deletes none of it.
      await store.refusedRequests.append(requestsOf(id, 1), 1);
      expect(await stored(id)).toHaveLength(1);
      expect(await stored(other.id)).toHaveLength(2);
    });

    it('of unknown applications are dropped, and the others of the same call are not', async () => {
      const store = await open();
      const { id } = await createApplication(store);
      const [unknown, known] = [requestOf('nobody'), requestOf(id)];
      await store.refusedRequests.append([unknown, known], 5);
      expect(await store.refusedRequests.find(unknown.requestId, 'administrators')).toBeUndefined();
      expect(await store.refusedRequests.find(known.requestId, 'administrators')).toEqual(known);
    });

    it('are all stored by 20 parallel calls, in any order', async () => {
      const store = await open();
      const applications = await inParallel(4, () => createApplication(store));
      const append = (index: number, maxPerApplication: number) => {
        const some = applications.map(({ id }) => requestOf(id));
        return store.refusedRequests.append(index % 2 === 0 ? some : some.toReversed(), maxPerApplication);
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
