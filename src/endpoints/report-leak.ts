import type { FastifyInstance } from 'fastify';
import { reportLeakPath } from '../http/paths.ts';
import { throttledUntil } from '../http/problem.ts';
import type { Services } from '../http/services.ts';
import { clientGuessBuckets } from '../oauth/clients/guess-throttle.ts';
import { digest } from '../oauth/formats/digest.ts';
import { readRefreshToken } from '../oauth/formats/refresh-token.ts';
import { parseParams, required } from '../oauth/params.ts';
import { readIssuedToken } from '../oauth/verify.ts';
import { revokeLeakedFamily, revokeLeakedSecret } from '../use-cases/leaks.ts';
import { backChannel } from './back-channel.ts';

/**
 * `POST /oauth2/report-leak/` with `token`: revokes a leaked client secret, or the token family of a leaked token. It
 * needs no client authentication: possession is enough to misuse the value, so it is enough to revoke it. The response
 * is the same for unknown values, so that nobody can test guesses here. Unknown values count as wrong client secrets of
 * the network: too many get 429. A value that is revoked is never limited.
 */
export function reportLeakEndpoint(app: FastifyInstance, services: Services): void {
  backChannel(app, reportLeakPath, async ({ body, from, network }) => {
    const outcome = await revokeLeaked(services, required(parseParams(body), 'token'), from);
    if (outcome === 'unknown') await countUnknown(services, network);
    return {};
  });
}

/** @throws {Problem} 429: too many unknown values were reported from this network */
async function countUnknown({ store, clock }: Services, network: string): Promise<void> {
  const now = clock.now();
  const admission = await store.throttles.admit(clientGuessBuckets(undefined, network), now);
  if (admission.outcome === 'throttled') throw throttledUntil(admission.retryAt, now);
}

/** Returns whether something was revoked. `unknown`: the value is not known, or not valid any more. */
async function revokeLeaked(services: Services, leaked: string, from: string): Promise<'ended' | 'unknown'> {
  const { store, random, clock, config, oauth } = services;
  const context = {
    store,
    random,
    now: clock.now(),
    actor: { kind: 'platform' } as const,
    from,
    publicUrl: config.publicUrl,
  };
  const token = readIssuedToken(oauth, leaked);
  const refreshToken = readRefreshToken(leaked);
  if (typeof token !== 'string') {
    const state = await store.families.findByAccessToken(token.familyId, token.tokenId);
    const active = state?.revocationCause === null && clock.now() < token.expiresAt;
    return active ? revokeLeakedFamily(context, state) : 'unknown';
  }
  if (refreshToken !== undefined) {
    const state = await store.families.findByRefreshToken(refreshToken);
    return state?.revocationCause === null ? revokeLeakedFamily(context, state) : 'unknown';
  }
  return revokeLeakedSecret(context, digest(leaked));
}
