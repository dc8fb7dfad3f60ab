import type { Refusal } from '../errors.ts';
import { appendQuery } from '../redirect-uri.ts';
import type { TrustedRequest } from './checks.ts';

/** Where the browser is sent with the code (RFC 6749 4.1.2), and with the issuer (RFC 9207 2). */
export function successLocation(request: TrustedRequest, code: string, issuer: string): string {
  return appendQuery(request.redirectUri, { code, state: request.state, iss: issuer });
}

/** Where the browser is sent with a refusal (RFC 6749 4.1.2.1). */
export function refusalLocation(request: TrustedRequest, refusal: Refusal, issuer: string, requestId: string): string {
  return appendQuery(request.redirectUri, {
    error: refusal.row.error,
    error_description: refusal.description,
    error_uri: errorUri(issuer, refusal.row.error, requestId),
    state: request.state,
    iss: issuer,
  });
}

/** The page that explains an error, and to the people of the application this very request. */
export function errorUri(issuer: string, error: string, requestId: string): string {
  return `${issuer}/docs/errors/${error}/?request=${encodeURIComponent(requestId)}`;
}
