import type { PresentedRefreshToken, RefreshTokenState } from '../ports/store/index.ts';
import type { BackChannelRequest } from './back-channel-request.ts';
import { type AuthenticatedClient, authenticateClient } from './clients/authenticate.ts';
import type { OauthContext } from './context.ts';
import { attributed, refuse } from './errors/oauth-error.ts';
import { readRefreshToken } from './formats/refresh-token.ts';
import { isWithinOverlap } from './grants/refresh-token.ts';
import { type Params, parseParams, refuseRepeated, required } from './params.ts';
import { type VerifiedToken, verifyAccessToken } from './verify.ts';

/** The introspection response (RFC 7662 2.2). Times are whole seconds since 1970. */
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
 * The introspection endpoint (RFC 7662 2). Describes a client its own tokens, and a resource server of the platform the
 * access tokens of all applications. Any other token is only `active: false`. Changes nothing.
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
  // Anyone can send a public client's ID, and could find out whether a token is active (RFC 7662 2.1, 4).
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

/** A resource server has no use for a refresh token, so only its own application gets a description. */
async function introspectRefreshToken(
  context: OauthContext,
  client: AuthenticatedClient,
  token: PresentedRefreshToken,
): Promise<Introspection> {
  const state = await context.store.families.findByRefreshToken(token);
  if (state === undefined || state.applicationId !== client.id || !canRefresh(context, state)) return inactive;
  return {
    active: true,
    scope: state.scope,
    client_id: client.clientId,
    sub: String(state.userId),
    iss: context.settings.issuer,
  };
}

function canRefresh(context: OauthContext, state: RefreshTokenState): boolean {
  if (state.revocationCause !== null) return false;
  if (state.position === 'current') return true;
  const { rotationOverlapSeconds } = context.settings;
  return state.position === 'previous' && isWithinOverlap(state, { now: context.clock.now(), rotationOverlapSeconds });
}

function maySee(client: AuthenticatedClient, verified: VerifiedToken): boolean {
  return client.resourceServer || verified.applicationId === client.id;
}
