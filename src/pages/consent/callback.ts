import { logProblem } from '../../http/log.ts';
import { Problem, problemOf } from '../../http/problem.ts';
import type { CallbackPermitted } from '../../oauth/authorize/callback-permission.ts';
import { type AuthorizationRequest, checkRequest } from '../../oauth/authorize/checks.ts';
import { grantAuthorization } from '../../oauth/authorize/grant.ts';
import { errorLocation, successLocation } from '../../oauth/authorize/response.ts';
import { OAuthError } from '../../oauth/errors/oauth-error.ts';
import { digest } from '../../oauth/formats/digest.ts';
import type { Params } from '../../oauth/params.ts';
import type { PageRequest, PageResponse } from '../page.ts';
import { type OpenRequest, refuseExpired } from './pending.ts';

/** A valid authorization request whose viewer may be sent to its callback. */
export type CheckedRequest = CallbackPermitted<AuthorizationRequest>;

/**
 * Checks the rest of a request. Returns an error that goes to the callback.
 * @throws {OAuthError} one that is shown on a page of ours
 */
export function checkForCallback(params: Params, permitted: CallbackPermitted): CheckedRequest | OAuthError {
  try {
    return checkRequest(params, permitted);
  } catch (thrown) {
    if (thrown instanceof OAuthError && thrown.row.redirect) return thrown;
    throw thrown;
  }
}

/**
 * Grants the authorization, finishes the pending request, and redirects with the code (RFC 6749 4.1.2).
 * @throws {Problem} 410 if the pending request was decided or has expired; 403 if application or account changed
 */
export async function redirectWithCode(
  request: PageRequest,
  openRequest: OpenRequest,
  checked: CheckedRequest,
  decision: { readonly userId: number; readonly pressedFrom: string | null },
): Promise<PageResponse> {
  const { oauth } = request.services;
  const finishes = openRequest.pendingId === null ? null : digest(openRequest.pendingId);
  const granted = await grantAuthorization(oauth, checked, { ...decision, pendingRequestHash: finishes });
  switch (granted.outcome) {
    case 'granted':
      return { kind: 'callback', location: successLocation(checked, granted.code, oauth.settings.issuer) };
    case 'gone':
      return refuseExpired();
    case 'refused':
      throw new Problem(403, 'ended', 'The application or your account was changed in the meantime; start again');
  }
}

/** Logs the error and redirects with it (RFC 6749 4.1.2.1). */
export function redirectWithError(request: PageRequest, permitted: CallbackPermitted, error: OAuthError): PageResponse {
  error.applicationId = permitted.application.id;
  error.clientId = permitted.application.clientId;
  logProblem(problemOf(error, 'authorize'), request.http, 'authorize refused');
  const { issuer } = request.services.oauth.settings;
  return { kind: 'callback', location: errorLocation(permitted, error, issuer, request.http.id) };
}
