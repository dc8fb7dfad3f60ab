import { describe, expect, it } from 'vitest';
import { inParallel, minute, now, tally, unique } from './fixtures.ts';
import type { Open } from './index.ts';

export function pendingRequestsContract(open: Open): void {
  const newRequest = () => ({
    idHash: unique(),
    query: 'response_type=code&state=%C3%A9%00+x&state',
    createdAt: now,
    expiresAt: now + minute,
  });

  describe('pending requests', () => {
    it('are stored byte for byte until they expire', async () => {
      const { pendingRequests } = await open();
      const request = newRequest();
      await pendingRequests.save(request);
      expect(await pendingRequests.find(request.idHash, now)).toEqual(request);
      expect(await pendingRequests.find(request.idHash, now + minute)).toBeUndefined();
      expect(await pendingRequests.find(unique(), now)).toBeUndefined();
    });

    it('are finished by one of 50 parallel calls', async () => {
      const { pendingRequests } = await open();
      const request = newRequest();
      await pendingRequests.save(request);
      const outcomes = await inParallel(50, () => pendingRequests.finish(request.idHash, now));
      expect(tally(outcomes)).toEqual({ finished: 1, gone: 49 });
      expect(await pendingRequests.find(request.idHash, now)).toBeUndefined();
    });

    it('can’t be finished once they have expired', async () => {
      const { pendingRequests } = await open();
      const request = newRequest();
      await pendingRequests.save(request);
      expect(await pendingRequests.finish(request.idHash, now + minute)).toBe('gone');
      expect(await pendingRequests.finish(unique(), now)).toBe('gone');
    });
  });
}
