import type { OAuthError } from '../errors/oauth-error.ts';
import { appendQuery } from '../redirect-uri.ts';
import type { CallbackPermitted } from './callback-permission.ts';

/**
 * A callback with its response parameters. Only this file creates one, and only from a {@link CallbackPermitted}
 * request.
 */
export type CallbackLocation = string & { readonly __callbackLocation: true };

/** The redirect with the code and the state (RFC 6749 4.1.2), and the issuer (RFC 9207 2). */
export function successLocation(request: CallbackPermitted, code: string, issuer: string): CallbackLocation {
  return callbackLocation(request, { code }, issuer);
}

/** The redirect with an error (RFC 6749 4.1.2.1). */
export function errorLocation(
  request: CallbackPermitted,
  oauthError: OAuthError,
  issuer: string,
  requestId: string,
): CallbackLocation {
  const { error, description } = oauthError.responseAt('authorize');
  const parameters = { error, error_description: description, error_uri: errorUri(issuer, error, requestId) };
  return callbackLocation(request, parameters, issuer);
}

function callbackLocation(
  { redirectUri, state }: CallbackPermitted,
  parameters: Readonly<Record<string, string>>,
  iss: string,
): CallbackLocation {
  return appendQuery(redirectUri, { ...parameters, state, iss }) as CallbackLocation;
}

/** The page that explains an error code. Members of the application find their request on it. */
export function errorUri(issuer: string, error: string, requestId: string): string {
  return `${issuer}/docs/errors/${error}/?request=${encodeURIComponent(requestId)}`;
}
