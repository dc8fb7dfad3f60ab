import type { Authorization } from '../../ports/store/index.ts';
import type { AuthorizationRequest } from './checks.ts';

interface Check {
  readonly reason: string;
  readonly applies: (request: AuthorizationRequest, given: Authorization | undefined) => boolean;
}

/** Why the user is asked, each with its rule. Nobody is asked when none applies (RFC 6749 10.2, RFC 9700 4.1). */
const checks = [
  { reason: 'first_time', applies: (_request, given) => given === undefined || given.consentEpoch === null },
  { reason: 'scope_changed', applies: (request, given) => given !== undefined && given.scope !== request.scope },
  {
    reason: 'application_changed',
    applies: (request, given) =>
      given !== undefined && given.consentEpoch !== null && given.consentEpoch !== request.application.consentEpoch,
  },
  { reason: 'asked_for', applies: (request) => request.prompts.has('consent') },
  // Anyone can pose as a public application, and any program can listen on a loopback address (RFC 8252 8.6).
  { reason: 'public_application', applies: (request) => !request.application.confidential },
  { reason: 'callback_not_https', applies: (request) => !request.redirectUri.startsWith('https://') },
] as const satisfies readonly Check[];

export type ConsentReason = (typeof checks)[number]['reason'];

/** Why the user must be asked; empty: the remembered consent is enough. */
export function consentReasons(
  request: AuthorizationRequest,
  given: Authorization | undefined,
): readonly ConsentReason[] {
  return checks.filter((check) => check.applies(request, given)).map((check) => check.reason);
}
