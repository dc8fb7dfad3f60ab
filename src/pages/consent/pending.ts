import { networkOf } from '../../accounts/network.ts';
import { Problem, throttledUntil } from '../../http/problem.ts';
import type { Services } from '../../http/services.ts';
import { digest } from '../../oauth/formats/digest.ts';

/** An authorization request before the user's decision: new, or stored while the user logs in or reads. */
export interface OpenRequest {
  readonly query: string;
  /** When it first arrived, in ms since 1970. */
  readonly at: number;
  /** The ID under which it is stored; `null`: it is not stored yet. */
  readonly pendingId: string | null;
}

/** One network may store 300 requests at once, and two more each second: each takes space until it expires. */
const maxBurst = 300;
const leakMs = 500;

/**
 * Stores the query of a request until the user has logged in and decided. Returns the ID of the stored request.
 * @param from the network address, which is throttled
 * @throws {Problem} 429
 */
export async function storePending(services: Services, query: string, from: string): Promise<string> {
  const { clock, config, random, store } = services;
  const now = clock.now();
  const bucket = { key: `pending:${digest(networkOf(from))}`, burst: maxBurst, leakMs };
  const admission = await store.throttles.admit([bucket], now);
  if (admission.outcome === 'throttled') throw throttledUntil(admission.retryAt, now);
  const id = random.text(32);
  const expiresAt = now + config.pendingRequestSeconds * 1000;
  await store.pendingRequests.save({ idHash: digest(id), query, createdAt: now, expiresAt });
  return id;
}

/** The stored request of this ID; `undefined`: it was decided, has expired, or never existed. */
export async function findPending(services: Services, id: string): Promise<OpenRequest | undefined> {
  const pending = await services.store.pendingRequests.find(digest(id), services.clock.now());
  return pending && { query: pending.query, at: pending.createdAt, pendingId: id };
}

/** @throws {Problem} 410, whose page says how to start again */
export function refuseExpired(): never {
  throw new Problem(410, 'request_expired', 'This request was answered already or is too old; start again');
}
