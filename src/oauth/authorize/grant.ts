import type { OauthContext } from '../context.ts';
import { codeKey, newCode } from '../formats/code.ts';
import { newId } from '../formats/ids.ts';
import type { AuthorizationRequest } from './checks.ts';

/**
 * Creates the authorization and its code, in one transaction (RFC 6749 4.1.2). Returns the only copy of the code: the
 * store has its digest. `gone`: the pending request was finished or has expired. `refused`: the user is disabled, or
 * the application is not active or has another grant type.
 */
export async function grantAuthorization(
  context: OauthContext,
  request: AuthorizationRequest,
  consent: {
    readonly userId: number;
    /** The digest of the pending request's ID, which this completes; `null`: the request was not stored. */
    readonly pendingRequestHash: string | null;
    /** The network address where the user pressed *Authorize*; `null`: an earlier consent counts. */
    readonly pressedFrom: string | null;
  },
): Promise<{ readonly outcome: 'granted'; readonly code: string } | { readonly outcome: 'gone' | 'refused' }> {
  const now = context.clock.now();
  const code = newCode(context.random, now);
  const { pressedFrom } = consent;
  const origin =
    pressedFrom === null ? null : { from: pressedFrom, detail: { application: request.application.clientId } };
  const outcome = await context.store.authorizations.grant({
    newAuthorizationId: newId(context.random, now),
    consentEpoch: request.application.consentEpoch,
    code: {
      hash: codeKey(code),
      applicationId: request.application.id,
      userId: consent.userId,
      redirectUri: request.redirectUri,
      scope: request.scope,
      codeChallenge: request.codeChallenge,
      createdAt: now,
      expiresAt: now + context.settings.codeSeconds * 1000,
    },
    pendingRequestHash: consent.pendingRequestHash,
    origin,
    now,
  });
  return outcome === 'granted' ? { outcome, code } : { outcome };
}
