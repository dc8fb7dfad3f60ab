import type { Authorization } from '../../ports/store/index.ts';
import type { AuthorizationRequest } from './checks.ts';
import { type ConsentReason, consentReasons } from './consent.ts';

/** The login of the browser's session. */
export interface LoggedIn {
  readonly userId: number;
  /** When the password was checked, in milliseconds since 1970. */
  readonly since: number;
}

export type NextStep =
  | { readonly kind: 'log-in' }
  | { readonly kind: 'ask'; readonly reasons: readonly ConsentReason[] }
  | { readonly kind: 'grant' };

/**
 * Whether the user must log in first. `prompt=login` demands a login that is not older than the request. `requestedAt`:
 * when the request arrived, in milliseconds since 1970.
 */
export function mustLogIn(
  request: Pick<AuthorizationRequest, 'prompts'>,
  loggedIn: LoggedIn | undefined,
  requestedAt: number,
): boolean {
  if (loggedIn === undefined) return true;
  return request.prompts.has('login') && loggedIn.since < requestedAt;
}

/** The next step for a valid request. `existing`: the user's authorization of the application, if there is one. */
export function nextStep(
  request: AuthorizationRequest,
  loggedIn: LoggedIn | undefined,
  requestedAt: number,
  existing: Authorization | undefined,
): NextStep {
  if (mustLogIn(request, loggedIn, requestedAt)) return { kind: 'log-in' };
  const reasons = consentReasons(request, existing);
  return reasons.length > 0 ? { kind: 'ask', reasons } : { kind: 'grant' };
}
