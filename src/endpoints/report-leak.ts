import type { FastifyInstance } from 'fastify';
import { reportLeakPath } from '../http/paths.ts';
import type { Services } from '../http/services.ts';
import { digest } from '../oauth/formats/digest.ts';
import { readRefreshToken } from '../oauth/formats/refresh-token.ts';
import { parseParams, required } from '../oauth/params.ts';
import { readIssuedToken } from '../oauth/verify.ts';
import { revokeLeakedFamily, revokeLeakedSecret } from '../use-cases/leaks.ts';
import { backChannel } from './back-channel.ts';

/**
 * `POST /oauth2/report-leak/` with `token`: revokes a leaked client secret, or the token family of a leaked token. It
 * needs no client authentication: possession is enough to misuse the value, so it is enough to revoke it. The response
 * is the same for unknown values, so that nobody can test guesses here.
 */
export function reportLeakEndpoint(app: FastifyInstance, services: Services): void {
  backChannel(app, reportLeakPath, async ({ body, from }) => {
    await revokeLeaked(services, required(parseParams(body), 'token'), from);
    return {};
  });
}

async function revokeLeaked(services: Services, leaked: string, from: string): Promise<void> {
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
    if (state?.revocationCause === null && clock.now() < token.expiresAt) await revokeLeakedFamily(context, state);
  } else if (refreshToken !== undefined) {
    const state = await store.families.findByRefreshToken(refreshToken);
    if (state?.revocationCause === null) await revokeLeakedFamily(context, state);
  } else {
    await revokeLeakedSecret(context, digest(leaked));
  }
}
