import type { PresentedRefreshToken } from '../ports/store/index.ts';
import type { BackChannelRequest } from './back-channel-request.ts';
import { type AuthenticatedClient, authenticateClient } from './clients/authenticate.ts';
import type { OauthContext } from './context.ts';
import { attributed } from './errors/oauth-error.ts';
import { readAccessToken } from './formats/access-token.ts';
import { readRefreshToken } from './formats/refresh-token.ts';
import { parseParams, refuseRepeated, required } from './params.ts';

/**
 * The revocation endpoint (RFC 7009 2). `token_type_hint` is not needed: a token's form says what it is. Unknown,
 * expired and another client's tokens are answered like success, and nothing happens to them.
 * @throws {OAuthError} `invalid_client`, `invalid_request`
 */
export async function handleRevocation(context: OauthContext, request: BackChannelRequest): Promise<void> {
  const params = parseParams(request.body);
  refuseRepeated(params);
  const now = context.clock.now();
  const client = await authenticateClient(context, { ...request, params, now });
  const token = await attributed(client.id, async () => required(params, 'token'));
  const refreshToken = readRefreshToken(token);
  if (refreshToken !== undefined) return revokeRefreshToken(context, client, refreshToken);
  return revokeAccessToken(context, client, token);
}

/** Ends its family: the refresh token and every access token that came with it (RFC 7009 2.1). */
async function revokeRefreshToken(
  context: OauthContext,
  client: AuthenticatedClient,
  token: PresentedRefreshToken,
): Promise<void> {
  const ground = await context.store.families.findByRefreshToken(token);
  if (ground === undefined) return;
  if (ground.applicationId !== client.id) return recordForeign(context, client, ground.familyId);
  await context.store.families.revoke(ground.familyId, context.clock.now(), null);
}

/** Ends this one access token; the refresh token lives on. */
async function revokeAccessToken(context: OauthContext, client: AuthenticatedClient, text: string): Promise<void> {
  const token = readAccessToken(context.keys, text);
  if (token === undefined || context.clock.now() >= token.expiresAt) return;
  const ground = await context.store.families.findByAccessToken(token.familyId, token.tokenId);
  if (ground === undefined || ground.endedBy !== null) return;
  if (ground.applicationId !== client.id) return recordForeign(context, client, ground.familyId);
  await context.store.families.revokeAccessToken(token.tokenId, token.expiresAt);
}

function recordForeign(context: OauthContext, client: AuthenticatedClient, familyId: string): void {
  const actor = { kind: 'application', id: client.id } as const;
  context.recordFailedAttempt({ actor, action: 'revocation.foreign_token', subject: `family:${familyId}` });
}
