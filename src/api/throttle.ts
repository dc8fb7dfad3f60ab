import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.ts';
import type { Clock } from '../ports/clock.ts';

/** Applications that are remembered at most; beyond it, the one whose last request is the oldest is forgotten. */
const defaultMaxApplications = 10_000;

/**
 * A leaky bucket per application, in the memory of this node: a burst of `perMinute` requests, then `perMinute` per
 * minute. The stored value is the time (ms) at which the bucket will be empty.
 */
export class ApplicationThrottle {
  readonly #burstMs = 60_000;
  readonly #requestMs: number;
  readonly #maxApplications: number;
  readonly #emptyAt = new Map<string, number>();

  constructor(perMinute: number, maxApplications = defaultMaxApplications) {
    this.#requestMs = this.#burstMs / perMinute;
    this.#maxApplications = maxApplications;
  }

  /** Counts a request and returns 0, or counts nothing and returns how many seconds to wait (whole, at least 1). */
  admit(applicationId: string, now: number): number {
    const emptyAt = this.#emptyAt.get(applicationId) ?? now;
    // A bucket that seems fuller than full was filled before the clock was set back: it counts as empty.
    const before = emptyAt > now + this.#burstMs + 1 ? now : emptyAt;
    const filledTo = Math.max(now, before) + this.#requestMs;
    const excess = filledTo - now - this.#burstMs;
    // Less than a thousandth of a millisecond is a rounding error.
    if (excess > 0.001) return Math.max(1, Math.ceil(excess / 1000));
    this.#emptyAt.delete(applicationId);
    this.#emptyAt.set(applicationId, filledTo);
    if (this.#emptyAt.size > this.#maxApplications) this.#forget();
    return 0;
  }

  /** Forgets the first application of the map, which is in the order of last requests. */
  #forget(): void {
    const [oldest] = this.#emptyAt.keys();
    if (oldest !== undefined) this.#emptyAt.delete(oldest);
  }
}

/** Creates an onRequest hook, to be added after the guard that sets the principal. `approved` is `null`: no limit. */
export function throttleGuard(
  throttles: { readonly approved: ApplicationThrottle | null; readonly sandbox: ApplicationThrottle },
  clock: Clock,
) {
  return async ({ principal }: FastifyRequest): Promise<void> => {
    const throttle = principal.sandbox ? throttles.sandbox : throttles.approved;
    const retryAfterSeconds = throttle?.admit(principal.applicationId, clock.now()) ?? 0;
    if (retryAfterSeconds === 0) return;
    throw new Problem(429, 'throttled', 'Too many requests of this application; wait as long as Retry-After says', {
      retryAfterSeconds,
    });
  };
}
