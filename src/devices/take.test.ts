import { describe, expect, it } from 'vitest';
import type { Admission, Bucket, Ownership, Store } from '../ports/store/index.ts';
import { type Taken, takeDevice } from './take.ts';

const now = 1_700_000_000_000;
const taking = { userId: 7, serialNumber: '012345', deviceName: 'a1b2c3d4e5f8', origin: { from: '192.0.2.7' } };
const buckets = [
  { key: 'take-by:7', burst: 20, leakMs: 60_000 },
  { key: 'take-of:012345', burst: 20, leakMs: 60_000 },
];

function parts(admission: Admission, taken: Taken) {
  const seen = { admitted: [] as unknown[], refunded: [] as unknown[], taken: [] as unknown[] };
  const throttles = {
    admit: async (given: readonly Bucket[]) => {
      seen.admitted.push(given);
      return admission;
    },
    settle: async ({ refund }: { refund: unknown }) => void seen.refunded.push(refund),
  };
  const devices = {
    take: async (given: unknown) => {
      seen.taken.push(given);
      return taken;
    },
  };
  const store = { devices, throttles } as unknown as Pick<Store, 'devices' | 'throttles'>;
  return { seen, store, clock: { now: () => now } };
}

const ownership = {} as Ownership;

describe('taking a device', () => {
  it.each<Taken>([{ outcome: 'taken', ownership }, { outcome: 'already_yours', ownership }, { outcome: 'owned' }])(
    'that exists counts as no guess: %j',
    async (outcome) => {
      const all = parts({ outcome: 'admitted' }, outcome);
      expect(await takeDevice(all, taking)).toEqual(outcome);
      expect(all.seen).toEqual({ admitted: [buckets], refunded: [buckets], taken: [{ ...taking, now }] });
    },
  );

  it('that does not exist is a guess of this user, and at this device', async () => {
    const all = parts({ outcome: 'admitted' }, { outcome: 'unknown' });
    expect(await takeDevice(all, taking)).toEqual({ outcome: 'unknown' });
    expect(all.seen.refunded).toEqual([]);
  });

  it('is not even tried after too many guesses', async () => {
    const all = parts({ outcome: 'throttled', key: 'take-by:7', retryAt: now + 59_001 }, { outcome: 'unknown' });
    expect(await takeDevice(all, taking)).toEqual({ outcome: 'throttled', retryAfterSeconds: 60 });
    expect(all.seen.taken).toEqual([]);
  });
});
