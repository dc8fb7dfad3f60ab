import type { PresentedRefreshToken, RefreshTokenState } from '../ports/store/index.ts';
import type { BackChannelRequest } from './back-channel-request.ts';
import { type AuthenticatedClient, authenticateClient } from './clients/authenticate.ts';
import type { OauthContext } from './context.ts';
import { attributed, refuse } from './errors/oauth-error.ts';
import { readRefreshToken } from './formats/refresh-token.ts';
import { type Params, parseParams, refuseRepeated, required } from './params.ts';
import { type VerifiedToken, verifyAccessToken } from './verify.ts';

/** RFC 7662 2.2. Times are whole seconds since 1970. */
export type Introspection =
  | { readonly active: false }
  | {
      readonly active: true;
      readonly scope: string;
      readonly client_id: string;
      readonly sub: string;
      readonly iss: string;
      readonly token_type?: 'Bearer';
      readonly username?: string;
      readonly exp?: number;
    };

const inactive: Introspection = { active: false };

/**
 * The introspection endpoint (RFC 7662). An application learns of its own tokens, a resource server of the platform of
 * everyone's; all else is a bare `active: false`. Changes nothing.
 * @throws {OAuthError} `invalid_client`, `invalid_request`
 */
export async function handleIntrospection(context: OauthContext, request: BackChannelRequest): Promise<Introspection> {
  const params = parseParams(request.body);
  refuseRepeated(params);
  const now = context.clock.now();
  const client = await authenticateClient(context, { ...request, params, now });
  return attributed(client.id, () => introspectFor(context, client, params));
}

async function introspectFor(
  context: OauthContext,
  client: AuthenticatedClient,
  params: Params,
): Promise<Introspection> {
  // Whoever needs no secret can't be told anything about tokens (RFC 7662 2.1, 4).
  if (!client.confidential) refuse('introspection_without_secret');
  const token = required(params, 'token');
  const refreshToken = readRefreshToken(token);
  return refreshToken === undefined
    ? introspectAccessToken(context, client, token)
    : introspectRefreshToken(context, client, refreshToken);
}

async function introspectAccessToken(
  context: OauthContext,
  client: AuthenticatedClient,
  text: string,
): Promise<Introspection> {
  const verified = await verifyAccessToken(context, text);
  if ('cause' in verified || !maySee(client, verified)) return inactive;
  return {
    active: true,
    scope: verified.scope,
    client_id: verified.clientId,
    username: verified.userEmail,
    token_type: 'Bearer',
    exp: Math.floor(verified.token.expiresAt / 1000),
    sub: String(verified.userId),
    iss: context.settings.issuer,
  };
}

/** Only its own application has any use for a refresh token, so only that one learns of it. */
async function introspectRefreshToken(
  context: OauthContext,
  client: AuthenticatedClient,
  token: PresentedRefreshToken,
): Promise<Introspection> {
  const ground = await context.store.families.findByRefreshToken(token);
  if (ground === undefined || ground.applicationId !== client.id || !canRefresh(context, ground)) return inactive;
  return {
    active: true,
    scope: ground.scope,
    client_id: client.clientId,
    sub: String(ground.userId),
    iss: context.settings.issuer,
  };
}

function canRefresh(context: OauthContext, ground: RefreshTokenState): boolean {
  if (ground.endedBy !== null) return false;
  if (ground.position === 'current') return true;
  const overlapEnds = (ground.replacedAt ?? 0) + context.settings.rotationOverlapSeconds * 1000;
  return ground.position === 'previous' && context.clock.now() < overlapEnds;
}

function maySee(client: AuthenticatedClient, verified: VerifiedToken): boolean {
  return client.resourceServer || verified.applicationId === client.id;
}
