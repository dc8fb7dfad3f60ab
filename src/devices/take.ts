import type { Origin } from '../ports/audit.ts';
import type { Clock } from '../ports/clock.ts';
import type { Bucket, Devices, Store } from '../ports/store/index.ts';

/** What a user types who takes a device. */
export interface Taking {
  readonly userId: number;
  readonly serialNumber: string;
  readonly deviceName: string;
  /** For the audit entry. */
  readonly origin: Origin;
}

export type Taken =
  | Awaited<ReturnType<Devices['take']>>
  | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number };

/** Wrong guesses at once, of one user and at one device; another one each minute. */
export const takeLimit = { burst: 20, leakMs: 60_000 } as const;

/**
 * Makes the user the owner of a device that nobody owns. Guessing names is throttled, on all ways to get here; taking a
 * whole box of devices is not. Rejects with `StoreUnavailable`.
 */
export async function takeDevice(
  { store, clock }: { readonly store: Pick<Store, 'devices' | 'throttles'>; readonly clock: Clock },
  taking: Taking,
): Promise<Taken> {
  const now = clock.now();
  const buckets: readonly Bucket[] = [
    { key: `take-by:${taking.userId}`, ...takeLimit },
    { key: `take-of:${taking.serialNumber.slice(0, 40)}`, ...takeLimit },
  ];
  const admission = await store.throttles.admit(buckets, now);
  if (admission.outcome === 'throttled') {
    return { outcome: 'throttled', retryAfterSeconds: Math.max(1, Math.ceil((admission.retryAt - now) / 1000)) };
  }
  const taken = await store.devices.take({ ...taking, now });
  if (taken.outcome !== 'unknown') {
    await store.throttles.settle({ refund: buckets, empty: [], trust: [], trustUntil: 0, now });
  }
  return taken;
}
