import type { AuthenticatedClient } from './clients/authenticate.ts';
import type { OauthContext } from './context.ts';
import { refuse } from './errors/oauth-error.ts';
import { mintAccessToken, tokenIdBytes } from './formats/access-token.ts';
import { digest } from './formats/digest.ts';
import { newId } from './formats/ids.ts';
import { newRefreshToken, sealSuccessor } from './formats/refresh-token.ts';
import type { Decision } from './grants/grant.ts';
import { refuseAnd } from './refuse-and.ts';
import type { Scope } from './scope.ts';

/**
 * A successful response of the token endpoint (RFC 6749 5.1), in the order in which it is sent. `expires_in` is in
 * seconds.
 */
export interface TokenResponse {
  readonly access_token: string;
  readonly expires_in: number;
  readonly token_type: 'Bearer';
  readonly scope: string;
  readonly refresh_token: string;
}

/** `lost`: a concurrent request was faster, so the state that the decision was made on has changed. */
export type IssueResult =
  | { readonly outcome: 'issued'; readonly response: TokenResponse }
  | { readonly outcome: 'lost' };

/**
 * Executes a decision. Tokens are issued only here. Each decision is at most one conditional write.
 * @throws {OAuthError} the error of the decision, after its write
 */
export async function issue(
  context: OauthContext,
  client: AuthenticatedClient,
  decision: Decision,
): Promise<IssueResult> {
  switch (decision.kind) {
    case 'redeem':
      return redeem(context, client, decision);
    case 'start-family':
      return startFamily(context, client, decision);
    case 'continue':
      recordRefresh(context, client, decision.familyId);
      return { outcome: 'issued', response: responseFor(context, client, decision) };
    case 'rotate':
      return rotate(context, client, decision);
    case 'refuse-and':
      return refuseAnd(context, client, decision.error, decision.write);
  }
}

async function redeem(
  context: OauthContext,
  client: AuthenticatedClient,
  decision: Extract<Decision, { kind: 'redeem' }>,
): Promise<IssueResult> {
  const { family, refreshToken } = newFamily(context, client);
  const outcome = await context.store[decision.from].redeem(decision.code, family);
  if (outcome === 'lost') return { outcome: 'lost' };
  const tokens = { familyId: family.id, refreshToken, scope: decision.scope };
  return { outcome: 'issued', response: responseFor(context, client, tokens) };
}

async function startFamily(
  context: OauthContext,
  client: AuthenticatedClient,
  decision: { readonly userId: number; readonly passwordEpoch: number; readonly scope: Scope },
): Promise<IssueResult> {
  const { family, refreshToken } = newFamily(context, client);
  const outcome = await context.store.families.startByPassword({
    ...family,
    newAuthorizationId: newId(context.random, family.now),
    userId: decision.userId,
    passwordEpoch: decision.passwordEpoch,
    applicationId: client.id,
    scope: decision.scope,
  });
  // The user was disabled, or the application suspended, after the look-up. Nothing was written.
  if (outcome === 'refused') refuse('ended_since');
  const tokens = { familyId: family.id, refreshToken, scope: decision.scope };
  return { outcome: 'issued', response: responseFor(context, client, tokens) };
}

async function rotate(
  context: OauthContext,
  client: AuthenticatedClient,
  decision: { readonly familyId: string; readonly presented: string; readonly scope: Scope },
): Promise<IssueResult> {
  const successor = newRefreshToken(context.random, decision.familyId);
  const outcome = await context.store.families.rotate({
    familyId: decision.familyId,
    expectedHash: digest(decision.presented),
    newHash: digest(successor),
    sealedSuccessor: sealSuccessor(decision.presented, successor),
    now: context.clock.now(),
  });
  if (outcome === 'lost') return { outcome: 'lost' };
  recordRefresh(context, client, decision.familyId);
  return { outcome: 'issued', response: responseFor(context, client, { ...decision, refreshToken: successor }) };
}

function newFamily(context: OauthContext, client: AuthenticatedClient) {
  const now = context.clock.now();
  const id = newId(context.random, now);
  const refreshToken = newRefreshToken(context.random, id);
  const family = {
    id,
    refreshHash: digest(refreshToken),
    accessExpiresAt: now + accessTokenLifetime(context, client) * 1000,
    now,
  };
  return { family, refreshToken };
}

function responseFor(
  context: OauthContext,
  client: AuthenticatedClient,
  tokens: { readonly familyId: string; readonly refreshToken: string; readonly scope: Scope },
): TokenResponse {
  const expiresIn = accessTokenLifetime(context, client);
  return {
    access_token: mintAccessToken(context.keys.current(), {
      tokenId: context.random.text(tokenIdBytes),
      familyId: tokens.familyId,
      expiresAt: context.clock.now() + expiresIn * 1000,
    }),
    expires_in: expiresIn,
    token_type: 'Bearer',
    scope: tokens.scope,
    refresh_token: tokens.refreshToken,
  };
}

function recordRefresh(context: OauthContext, client: AuthenticatedClient, familyId: string): void {
  const usedAt = context.clock.now();
  context.recordFamilyUse({ familyId, usedAt, accessExpiresAt: usedAt + accessTokenLifetime(context, client) * 1000 });
}

/** The lifetime of the client's access tokens, in seconds. */
function accessTokenLifetime(context: OauthContext, client: AuthenticatedClient): number {
  return client.accessTokenSeconds ?? context.settings.accessTokenSeconds;
}
