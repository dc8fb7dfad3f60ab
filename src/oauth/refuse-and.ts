import type { AuthenticatedClient } from './clients/authenticate.ts';
import type { OauthContext } from './context.ts';
import type { OAuthError } from './errors/oauth-error.ts';

/** What is written before an error is thrown. */
export type WriteWithError =
  | { readonly kind: 'invalidate-code'; readonly codeHash: string }
  | { readonly kind: 'revoke-family'; readonly familyId: string; readonly cause: 'code_replayed' }
  | {
      readonly kind: 'revoke-authorization';
      readonly authorizationId: string;
      readonly userId: number;
      readonly cause: 'refresh_replayed';
    };

/**
 * Executes the decision `refuse-and`: writes, then throws the error.
 * @throws {OAuthError} `error`
 */
export async function refuseAnd(
  context: OauthContext,
  client: AuthenticatedClient,
  error: OAuthError,
  write: WriteWithError,
): Promise<never> {
  const now = context.clock.now();
  switch (write.kind) {
    case 'invalidate-code':
      await context.store.codes.invalidate(write.codeHash, now);
      break;
    case 'revoke-family':
      await revokeFamily(context, client, write.familyId, now);
      break;
    case 'revoke-authorization':
      await revokeAuthorization(context, client, write, now);
      break;
  }
  throw error;
}

/** Revokes the family that a replayed code was redeemed for (RFC 6749 4.1.2), with an audit entry. */
async function revokeFamily(
  context: OauthContext,
  client: AuthenticatedClient,
  familyId: string,
  now: number,
): Promise<void> {
  const actor = { kind: 'application', id: client.clientId } as const;
  const replay = { actor, action: 'code.replayed', subject: `family:${familyId}` } as const;
  const outcome = await context.store.families.revoke(familyId, now, { event: { ...replay, at: now } });
  if (outcome === 'already') context.recordFailedAttempt(replay);
}

/** Revokes the authorization of a replayed refresh token (RFC 9700 4.14.2), with an audit entry and mails. */
async function revokeAuthorization(
  context: OauthContext,
  client: AuthenticatedClient,
  { authorizationId, userId, cause }: Extract<WriteWithError, { kind: 'revoke-authorization' }>,
  now: number,
): Promise<void> {
  const record = await context.replayRecord({ authorizationId, userId, applicationId: client.id });
  await context.store.authorizations.revoke({ id: authorizationId, ownerId: null, reason: cause, now, record });
}
