import type { OAuthError } from '../errors/oauth-error.ts';
import { appendQuery } from '../redirect-uri.ts';
import type { CallbackPermitted } from './callback-permission.ts';

/**
 * A callback with its response parameters. Only this file creates one, so every response to a callback was decided on.
 */
export type CallbackLocation = string & { readonly __callbackLocation: true };

/** Where the browser is sent with the code (RFC 6749 4.1.2), and with the issuer (RFC 9207 2). */
export function successLocation(request: CallbackPermitted, code: string, issuer: string): CallbackLocation {
  return callbackLocation(request, { code }, issuer);
}

/** Where the browser is sent with an error (RFC 6749 4.1.2.1). */
export function errorLocation(
  request: CallbackPermitted,
  thrown: OAuthError,
  issuer: string,
  requestId: string,
): CallbackLocation {
  const { error, description } = thrown.responseAt('authorize');
  const said = { error, error_description: description, error_uri: errorUri(issuer, error, requestId) };
  return callbackLocation(request, said, issuer);
}

function callbackLocation(
  { redirectUri, state }: CallbackPermitted,
  said: Readonly<Record<string, string>>,
  iss: string,
): CallbackLocation {
  return appendQuery(redirectUri, { ...said, state, iss }) as CallbackLocation;
}

/** The page that explains an error, and to the people of the application this very request. */
export function errorUri(issuer: string, error: string, requestId: string): string {
  return `${issuer}/docs/errors/${error}/?request=${encodeURIComponent(requestId)}`;
}
