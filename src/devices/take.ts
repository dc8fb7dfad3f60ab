import type { Origin } from '../ports/audit.ts';
import type { Clock } from '../ports/clock.ts';
import type { Bucket, Devices, Store } from '../ports/store/index.ts';

/** A user's claim to a device: what is printed on it proves that they have it. */
export interface DeviceClaim {
  readonly userId: number;
  readonly serialNumber: string;
  readonly deviceName: string;
  /** For the audit entry. */
  readonly origin: Origin;
}

export type TakeDeviceResult =
  | Awaited<ReturnType<Devices['take']>>
  | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number };

/** Wrong guesses that one user may make, and that may be made at one device: 20, then one per minute. */
export const takeLimit = { burst: 20, leakMs: 60_000 } as const;

/**
 * Makes the user the owner of a device that nobody owns. Wrong serial numbers and device names are throttled, by the
 * API and the page together. A device that exists refunds its unit, so that a user can take a whole box of devices.
 * Rejects with `StoreUnavailable`.
 */
export async function takeDevice(
  { store, clock }: { readonly store: Pick<Store, 'devices' | 'throttles'>; readonly clock: Clock },
  claim: DeviceClaim,
): Promise<TakeDeviceResult> {
  const now = clock.now();
  const buckets: readonly Bucket[] = [
    { key: `take-by:${claim.userId}`, ...takeLimit },
    { key: `take-of:${claim.serialNumber.slice(0, 40)}`, ...takeLimit },
  ];
  const admission = await store.throttles.admit(buckets, now);
  if (admission.outcome === 'throttled') {
    return { outcome: 'throttled', retryAfterSeconds: Math.max(1, Math.ceil((admission.retryAt - now) / 1000)) };
  }
  const result = await store.devices.take({ ...claim, now });
  if (result.outcome !== 'unknown') {
    await store.throttles.recordOutcome({ refund: buckets, empty: [], trust: [], trustUntil: 0, now });
  }
  return result;
}
