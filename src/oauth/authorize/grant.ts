import type { OauthContext } from '../context.ts';
import { codeKey, newCode } from '../formats/code.ts';
import { newId } from '../formats/ids.ts';
import type { AuthorizationRequest } from './checks.ts';

/**
 * Creates the authorization and its code, in one transaction (RFC 6749 4.1.2). `finishes`: the pending request that
 * this completes, if it was stored. Returns the code in clear: it exists nowhere else.
 */
export async function grantAuthorization(
  context: OauthContext,
  request: AuthorizationRequest,
  given: {
    readonly userId: number;
    readonly finishes: string | null;
    /** The network address where *Authorize* was pressed; `null`: the consent is remembered. */
    readonly pressedFrom: string | null;
  },
): Promise<{ readonly outcome: 'granted'; readonly code: string } | { readonly outcome: 'gone' | 'refused' }> {
  const now = context.clock.now();
  const code = newCode(context.random, now);
  const { pressedFrom } = given;
  const origin =
    pressedFrom === null ? null : { from: pressedFrom, detail: { application: request.application.clientId } };
  const outcome = await context.store.authorizations.grant({
    newAuthorizationId: newId(context.random, now),
    consentEpoch: request.application.consentEpoch,
    code: {
      hash: codeKey(code),
      applicationId: request.application.id,
      userId: given.userId,
      redirectUri: request.redirectUri,
      scope: request.scope,
      codeChallenge: request.codeChallenge,
      createdAt: now,
      expiresAt: now + context.settings.codeSeconds * 1000,
    },
    finishes: given.finishes,
    origin,
    now,
  });
  return outcome === 'granted' ? { outcome, code } : { outcome };
}
