import type { Authorization } from '../../ports/store/index.ts';
import type { AuthorizationRequest } from './checks.ts';
import { type ConsentReason, consentReasons } from './consent.ts';

/** The browser's log-in, as far as it matters here. */
export interface LoggedIn {
  readonly userId: number;
  /** When the password was checked. */
  readonly since: number;
}

export type NextStep =
  | { readonly kind: 'log-in' }
  | { readonly kind: 'ask'; readonly reasons: readonly ConsentReason[] }
  | { readonly kind: 'grant' };

/** Whether somebody must log in first. `askedAt`: when the request came, so that a fresh log-in is one after that. */
export function mustLogIn(
  request: Pick<AuthorizationRequest, 'prompts'>,
  loggedIn: LoggedIn | undefined,
  askedAt: number,
): boolean {
  if (loggedIn === undefined) return true;
  return request.prompts.has('login') && loggedIn.since < askedAt;
}

/** What comes next for a request without faults. `given` is what this user gave the application before. */
export function nextStep(
  request: AuthorizationRequest,
  loggedIn: LoggedIn | undefined,
  askedAt: number,
  given: Authorization | undefined,
): NextStep {
  if (mustLogIn(request, loggedIn, askedAt)) return { kind: 'log-in' };
  const reasons = consentReasons(request, given);
  return reasons.length > 0 ? { kind: 'ask', reasons } : { kind: 'grant' };
}
