import type { FastifyInstance } from 'fastify';
import { reportLeakPath } from '../http/paths.ts';
import type { Services } from '../http/services.ts';
import { readAccessToken } from '../oauth/formats/access-token.ts';
import { digest } from '../oauth/formats/digest.ts';
import { readRefreshToken } from '../oauth/formats/refresh-token.ts';
import { parseParams, required } from '../oauth/params.ts';
import { revokeLeakedFamily, revokeLeakedSecret } from '../use-cases/leaks.ts';
import { backChannel } from './back-channel.ts';

/**
 * `POST /oauth2/report-leak/` with `token`: whoever holds a client secret or a token of somebody else ends it by
 * showing it. No client authentication: to have it is all that it takes to misuse it. The answer is the same whether it
 * was known or not, so that nothing can be tried out here.
 */
export function reportLeakEndpoint(app: FastifyInstance, services: Services): void {
  backChannel(app, reportLeakPath, async ({ body, from }) => {
    await endLeaked(services, required(parseParams(body), 'token'), from);
    return {};
  });
}

async function endLeaked(services: Services, leaked: string, from: string): Promise<void> {
  const { store, random, clock, config, oauth } = services;
  const desk = {
    store,
    random,
    now: clock.now(),
    actor: { kind: 'platform' } as const,
    from,
    publicUrl: config.publicUrl,
  };
  const token = readAccessToken(oauth.keys, leaked);
  const refreshToken = readRefreshToken(leaked);
  if (token !== undefined) {
    const ground = await store.families.findByAccessToken(token.familyId, token.tokenId);
    if (ground?.endedBy === null && clock.now() < token.expiresAt) await revokeLeakedFamily(desk, ground);
  } else if (refreshToken !== undefined) {
    const ground = await store.families.findByRefreshToken(refreshToken);
    if (ground?.endedBy === null) await revokeLeakedFamily(desk, ground);
  } else {
    await revokeLeakedSecret(desk, digest(leaked));
  }
}
