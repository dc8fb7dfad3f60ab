import { describe, expect, it } from 'vitest';
import type { Admission, Bucket, Ownership, Store } from '../ports/store/index.ts';
import { type TakeDeviceResult, takeDevice } from './take.ts';

const now = 1_700_000_000_000;
const claim = { userId: 7, serialNumber: '012345', deviceName: 'a1b2c3d4e5f8', origin: { from: '192.0.2.7' } };
const buckets = [
  { key: 'take-by:7', burst: 20, leakMs: 60_000 },
  { key: 'take-of:012345', burst: 20, leakMs: 60_000 },
];

function newPorts(admission: Admission, result: TakeDeviceResult) {
  const calls = { admitted: [] as unknown[], refunded: [] as unknown[], taken: [] as unknown[] };
  const throttles = {
    admit: async (params: readonly Bucket[]) => {
      calls.admitted.push(params);
      return admission;
    },
    recordOutcome: async ({ refund }: { refund: unknown }) => void calls.refunded.push(refund),
  };
  const devices = {
    take: async (params: unknown) => {
      calls.taken.push(params);
      return result;
    },
  };
  const store = { devices, throttles } as unknown as Pick<Store, 'devices' | 'throttles'>;
  return { calls, store, clock: { now: () => now } };
}

const ownership = {} as Ownership;

describe('taking a device', () => {
  it.each<TakeDeviceResult>([
    { outcome: 'taken', ownership },
    { outcome: 'already_yours', ownership },
    { outcome: 'owned' },
  ])('that exists is not counted as a guess: %j', async (result) => {
    const ports = newPorts({ outcome: 'admitted' }, result);
    expect(await takeDevice(ports, claim)).toEqual(result);
    expect(ports.calls).toEqual({ admitted: [buckets], refunded: [buckets], taken: [{ ...claim, now }] });
  });

  it('that does not exist counts as a guess for the user and for the device', async () => {
    const ports = newPorts({ outcome: 'admitted' }, { outcome: 'unknown' });
    expect(await takeDevice(ports, claim)).toEqual({ outcome: 'unknown' });
    expect(ports.calls.refunded).toEqual([]);
  });

  it('is not tried after too many guesses', async () => {
    const ports = newPorts({ outcome: 'throttled', key: 'take-by:7', retryAt: now + 59_001 }, { outcome: 'unknown' });
    expect(await takeDevice(ports, claim)).toEqual({ outcome: 'throttled', retryAfterSeconds: 60 });
    expect(ports.calls.taken).toEqual([]);
  });
});
