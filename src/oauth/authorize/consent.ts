import type { Authorization } from '../../ports/store/index.ts';
import type { AuthorizationRequest } from './checks.ts';

interface Check {
  readonly reason: string;
  readonly applies: (request: AuthorizationRequest, existing: Authorization | undefined) => boolean;
}

/** The reasons to show the consent page. If none applies, the existing consent counts (RFC 6749 10.2, RFC 9700 4.1). */
const checks = [
  { reason: 'first_time', applies: (_request, existing) => existing === undefined || existing.consentEpoch === null },
  {
    reason: 'scope_changed',
    applies: (request, existing) => existing !== undefined && existing.scope !== request.scope,
  },
  {
    reason: 'application_changed',
    applies: (request, existing) =>
      existing !== undefined &&
      existing.consentEpoch !== null &&
      existing.consentEpoch !== request.application.consentEpoch,
  },
  { reason: 'asked_for', applies: (request) => request.prompts.has('consent') },
  // Any program can use a public application's client ID, or listen on a loopback address (RFC 8252 8.6).
  { reason: 'public_application', applies: (request) => !request.application.confidential },
  { reason: 'callback_not_https', applies: (request) => !request.redirectUri.startsWith('https://') },
] as const satisfies readonly Check[];

export type ConsentReason = (typeof checks)[number]['reason'];

/** Why the consent page must be shown; empty: it need not be. `existing`: the user's authorization, if any. */
export function consentReasons(
  request: AuthorizationRequest,
  existing: Authorization | undefined,
): readonly ConsentReason[] {
  return checks.filter((check) => check.applies(request, existing)).map((check) => check.reason);
}
