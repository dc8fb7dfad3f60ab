import type { PresentedRefreshToken } from '../ports/store/index.ts';
import type { BackChannelRequest } from './back-channel-request.ts';
import { type AuthenticatedClient, authenticateClient } from './clients/authenticate.ts';
import type { OauthContext } from './context.ts';
import { attributed } from './errors/oauth-error.ts';
import { readRefreshToken } from './formats/refresh-token.ts';
import { parseParams, refuseRepeated, required } from './params.ts';
import { readIssuedToken } from './verify.ts';

/**
 * The revocation endpoint (RFC 7009 2). Ignores `token_type_hint`, since the prefix of a token tells its type. For an
 * unknown or expired token, or one of another client, changes nothing and returns like a success (RFC 7009 2.2).
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

/** Revokes the family: the refresh token and all its access tokens (RFC 7009 2.1). */
async function revokeRefreshToken(
  context: OauthContext,
  client: AuthenticatedClient,
  token: PresentedRefreshToken,
): Promise<void> {
  const state = await context.store.families.findByRefreshToken(token);
  if (state === undefined) return;
  if (state.applicationId !== client.id) return recordForeignToken(context, client, state.familyId);
  await context.store.families.revoke(state.familyId, context.clock.now(), null);
}

/** Revokes this one access token. The refresh token stays active (RFC 7009 2.1). */
async function revokeAccessToken(context: OauthContext, client: AuthenticatedClient, text: string): Promise<void> {
  const token = readIssuedToken(context, text);
  if (typeof token === 'string' || context.clock.now() >= token.expiresAt) return;
  const state = await context.store.families.findByAccessToken(token.familyId, token.tokenId);
  if (state === undefined || state.revocationCause !== null) return;
  if (state.applicationId !== client.id) return recordForeignToken(context, client, state.familyId);
  await context.store.families.revokeAccessToken(token.tokenId, token.expiresAt);
}

function recordForeignToken(context: OauthContext, client: AuthenticatedClient, familyId: string): void {
  const actor = { kind: 'application', id: client.clientId } as const;
  context.recordFailedAttempt({ actor, action: 'revocation.foreign_token', subject: `family:${familyId}` });
}
