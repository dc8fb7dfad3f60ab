import type { AuthenticatedClient } from './clients/authenticate.ts';
import type { OauthContext } from './context.ts';
import { type OAuthError, refuse } from './errors/oauth-error.ts';
import { mintAccessToken, tokenIdBytes } from './formats/access-token.ts';
import { digest } from './formats/digest.ts';
import { newId } from './formats/ids.ts';
import { newRefreshToken, sealSuccessor } from './formats/refresh-token.ts';
import type { Consequence, Decision } from './grants/grant.ts';
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

/** `lost`: somebody else was first, so what the decision was made on is no longer true. */
export type IssueResult =
  | { readonly outcome: 'issued'; readonly response: TokenResponse }
  | { readonly outcome: 'lost' };

/**
 * Acts on a decision: the only place where tokens come into being. Each decision is one conditional write, or none.
 * @throws {OAuthError} what the decision refuses, after its consequence was written
 */
export async function issue(
  context: OauthContext,
  client: AuthenticatedClient,
  decision: Decision,
): Promise<IssueResult> {
  switch (decision.kind) {
    case 'redeem-code':
      return redeemCode(context, client, decision);
    case 'start-family':
      return startFamily(context, client, decision);
    case 'continue':
      recordRefresh(context, client, decision.familyId);
      return { outcome: 'issued', response: responseFor(context, client, decision) };
    case 'rotate':
      return rotate(context, client, decision);
    case 'refuse-and':
      return refuseAnd(context, client, decision.error, decision.also);
  }
}

async function redeemCode(
  context: OauthContext,
  client: AuthenticatedClient,
  decision: Extract<Decision, { kind: 'redeem-code' }>,
): Promise<IssueResult> {
  const { family, refreshToken } = newFamily(context, client);
  const outcome = await context.store.codes.redeem(decision.code, family);
  if (outcome === 'lost') return { outcome: 'lost' };
  const continued = { familyId: family.id, refreshToken, scope: decision.scope };
  return { outcome: 'issued', response: responseFor(context, client, continued) };
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
  // Disabled or suspended since it was looked up: nothing was written, and the next try says why.
  if (outcome === 'refused') refuse('ended_since');
  const continued = { familyId: family.id, refreshToken, scope: decision.scope };
  return { outcome: 'issued', response: responseFor(context, client, continued) };
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

async function refuseAnd(
  context: OauthContext,
  client: AuthenticatedClient,
  error: OAuthError,
  also: Consequence,
): Promise<never> {
  const now = context.clock.now();
  switch (also.kind) {
    case 'invalidate-code':
      await context.store.codes.invalidate(also.codeHash, now);
      break;
    case 'revoke-family':
      await endRedeemed(context, client, also.familyId, now);
      break;
    case 'revoke-authorization':
      await endReplayed(context, client, also, now);
      break;
  }
  throw error;
}

/** A code came again: what it was redeemed for ends (RFC 6749 4.1.2). */
async function endRedeemed(
  context: OauthContext,
  client: AuthenticatedClient,
  familyId: string,
  now: number,
): Promise<void> {
  const actor = { kind: 'application', id: client.id } as const;
  const replay = { actor, action: 'code.replayed', subject: `family:${familyId}` } as const;
  const outcome = await context.store.families.revoke(familyId, now, { event: { ...replay, at: now } });
  if (outcome === 'already') context.recordFailedAttempt(replay);
}

async function endReplayed(
  context: OauthContext,
  client: AuthenticatedClient,
  { authorizationId, userId, cause }: Extract<Consequence, { kind: 'revoke-authorization' }>,
  now: number,
): Promise<void> {
  const record = await context.replayRecord({ authorizationId, userId, applicationId: client.id });
  await context.store.authorizations.revoke({ id: authorizationId, ownerId: null, reason: cause, now, record });
}

function newFamily(context: OauthContext, client: AuthenticatedClient) {
  const now = context.clock.now();
  const id = newId(context.random, now);
  const refreshToken = newRefreshToken(context.random, id);
  const family = {
    id,
    refreshHash: digest(refreshToken),
    accessExpiresAt: now + lifetime(context, client) * 1000,
    now,
  };
  return { family, refreshToken };
}

function responseFor(
  context: OauthContext,
  client: AuthenticatedClient,
  issued: { readonly familyId: string; readonly refreshToken: string; readonly scope: Scope },
): TokenResponse {
  const expiresIn = lifetime(context, client);
  return {
    access_token: mintAccessToken(context.keys.current(), {
      tokenId: context.random.text(tokenIdBytes),
      familyId: issued.familyId,
      expiresAt: context.clock.now() + expiresIn * 1000,
    }),
    expires_in: expiresIn,
    token_type: 'Bearer',
    scope: issued.scope,
    refresh_token: issued.refreshToken,
  };
}

function recordRefresh(context: OauthContext, client: AuthenticatedClient, familyId: string): void {
  const usedAt = context.clock.now();
  context.recordFamilyUse({ familyId, usedAt, accessExpiresAt: usedAt + lifetime(context, client) * 1000 });
}

function lifetime(context: OauthContext, client: AuthenticatedClient): number {
  return client.accessTokenSeconds ?? context.settings.accessTokenSeconds;
}
