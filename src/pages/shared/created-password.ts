import { networkOf } from '../../accounts/network.ts';
import { createdPasswordBuckets } from '../../accounts/throttle.ts';
import { networkAddressOf } from '../../http/address.ts';
import type { Viewer } from '../../http/guards/session.ts';
import { throttledUntil } from '../../http/problem.ts';
import type { PageRequest } from '../page.ts';

/**
 * Returns a function that hashes passwords which we create for this viewer. It throttles by viewer and network: it
 * rejects with a `Problem` (429), or with `HashingBusy`.
 */
export function createdPasswordHasher({ services, viewer, http }: PageRequest<Viewer>) {
  const { clock, hasher, store } = services;
  const network = networkOf(networkAddressOf(http));
  return async (password: string): Promise<string> => {
    const now = clock.now();
    const admission = await store.throttles.admit(createdPasswordBuckets(viewer.user.id, network), now);
    if (admission.outcome === 'throttled') throw throttledUntil(admission.retryAt, now);
    return hasher.hash(password, { account: viewer.user.email, network });
  };
}
