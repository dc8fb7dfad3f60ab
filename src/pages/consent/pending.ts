import { networkOf } from '../../accounts/network.ts';
import { Problem, throttledUntil } from '../../http/problem.ts';
import type { Services } from '../../http/services.ts';
import { digest } from '../../oauth/formats/digest.ts';

/** An authorization request before it is decided, new or kept. */
export interface OpenRequest {
  readonly query: string;
  /** When it first came, ms since 1970. */
  readonly at: number;
  /** The ID under which it is kept; `null`: not kept yet. */
  readonly pendingId: string | null;
}

/** One network may start this many requests at once, and two more each second: what it starts is kept for an hour. */
const keepBurst = 300;
const keepLeakMs = 500;

/**
 * Stores a request until somebody logged in and decided. `from` is the network address. Returns the ID to find it by.
 */
export async function keepPending(services: Services, query: string, from: string): Promise<string> {
  const { clock, config, random, store } = services;
  const now = clock.now();
  const bucket = { key: `pending:${digest(networkOf(from))}`, burst: keepBurst, leakMs: keepLeakMs };
  const admission = await store.throttles.admit([bucket], now);
  if (admission.outcome === 'throttled') throw throttledUntil(admission.retryAt, now);
  const id = random.text(32);
  const expiresAt = now + config.pendingRequestSeconds * 1000;
  await store.pendingRequests.keep({ idHash: digest(id), query, createdAt: now, expiresAt });
  return id;
}

/** The request that is kept under this ID; `undefined` once it is decided or too old. */
export async function findPending(services: Services, id: string): Promise<OpenRequest | undefined> {
  const pending = await services.store.pendingRequests.find(digest(id), services.clock.now());
  return pending && { query: pending.query, at: pending.createdAt, pendingId: id };
}

/** The pending request is decided or too old: the page says how to start again. */
export function refuseExpired(): never {
  throw new Problem(410, 'request_expired', 'This request was answered already or is too old; start again');
}
