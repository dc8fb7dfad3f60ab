import type { Application } from '../../ports/store/index.ts';
import { refuse } from '../errors/oauth-error.ts';
import { responseTypes } from '../metadata.ts';
import { type Params, refuseRepeated, required } from '../params.ts';
import { parseChallenge } from '../pkce.ts';
import { redactUri, redactValue } from '../redact.ts';
import { matchRedirectUri, type RedirectUri } from '../redirect-uri.ts';
import { parseScope, type Scope } from '../scope.ts';

/** A request whose client and redirect URI are valid: errors may be redirected to the application from here on. */
export interface TrustedRequest {
  readonly application: Application;
  readonly redirectUri: RedirectUri;
  /** Decoded, and returned unchanged. `undefined`: none was sent, or it was sent twice. */
  readonly state: string | undefined;
}

/** A valid authorization request (RFC 6749 4.1.1). */
export interface AuthorizationRequest extends TrustedRequest {
  readonly scope: Scope;
  /** The S256 challenge (RFC 7636 4.3); `null`: none was sent. */
  readonly codeChallenge: string | null;
  readonly prompts: ReadonlySet<Prompt>;
}

/** A value of `prompt`: `login` demands a new login, `consent` shows the consent page again. */
export type Prompt = (typeof prompts)[number];

const prompts = ['login', 'consent'] as const;

/** The grant type whose requests start at this endpoint. */
const endpointGrantType = 'authorization_code';

/** The client of the request, or `undefined` if it is missing or ambiguous. */
export function clientIdOf(params: Params): string | undefined {
  return params.repeated.has('client_id') ? undefined : params.get('client_id');
}

/**
 * Checks the client and its redirect URI, before the login page. Errors are shown on a page of this site, because no
 * redirect URI is trusted yet (RFC 6749 4.1.2.1). The grant type of an application with a valid redirect URI is checked
 * by {@link checkRequest}: that error is redirected, which must wait for the login (RFC 9700 4.11.2).
 * @param responseParameterIn the rule of the registration that finds a parameter of a response in a callback. Earlier
 *   releases registered such callbacks; a response to one would have the parameter twice (RFC 6749 3.1)
 * @throws {OAuthError} whose row names a `page`
 */
export function checkRedirect(
  params: Params,
  application: Application | undefined,
  responseParameterIn: (uri: string) => string | undefined,
): TrustedRequest {
  if (application === undefined) return refuse('unknown_client');
  if (application.status !== 'active') return refuse('suspended');
  const sent = params.repeated.has('redirect_uri') ? undefined : params.get('redirect_uri');
  const redirectUri = sent === undefined ? undefined : matchRedirectUri(application.redirectUris, sent, application);
  if (redirectUri === undefined) return refuseRedirect(application, sent);
  const repeated = responseParameterIn(redirectUri);
  if (repeated !== undefined) return refuse('redirect_uri_ambiguous', { received: repeated });
  const state = params.repeated.has('state') ? undefined : params.get('state');
  return { application, redirectUri, state };
}

/** Reports another grant type first: only the authorization code grant needs a callback. */
function refuseRedirect(application: Application, sent: string | undefined): never {
  if (application.grantType !== endpointGrantType) refuseGrantType(application);
  if (sent === undefined) return refuse('redirect_uri_missing');
  const expected = application.redirectUris;
  refuse('redirect_uri_mismatch', { expected, received: redactUri(sent, expected) });
}

function refuseGrantType({ grantType }: Application): never {
  refuse('other_grant_type', { text: { grantType }, expected: [grantType], received: endpointGrantType });
}

/**
 * Checks the rest of the request, in this order. Errors are redirected to the application, but only after the user has
 * logged in (RFC 9700 4.11.2).
 * @throws {OAuthError} whose row permits the redirect
 */
export function checkRequest<Trusted extends TrustedRequest>(
  params: Params,
  trusted: Trusted,
): Trusted & AuthorizationRequest {
  refuseRepeated(params);
  refuseRequestObject(params);
  const { application } = trusted;
  checkResponseType(params);
  if (application.grantType !== endpointGrantType) refuseGrantType(application);
  const scope = parseScope(params.get('scope'));
  const codeChallenge = parseChallenge(params, application);
  return { ...trusted, scope, codeChallenge, prompts: parsePrompts(params.get('prompt')) };
}

/** Before the other parameters, which such a request may have only within its request object (RFC 9101 5). */
function refuseRequestObject(params: Params): void {
  if (params.get('request') !== undefined) refuse('request_object');
  if (params.get('request_uri') !== undefined) refuse('request_uri');
}

function checkResponseType(params: Params): void {
  const responseType = required(params, 'response_type');
  if (!responseTypes.some((known) => known === responseType)) {
    refuse('response_type', { expected: responseTypes, received: redactValue(responseType) });
  }
  const mode = params.get('response_mode');
  if (mode !== undefined && mode !== 'query') {
    refuse('response_mode', { expected: ['query'], received: redactValue(mode) });
  }
}

function parsePrompts(text: string | undefined): ReadonlySet<Prompt> {
  if (text === undefined) return new Set();
  const requested = text.split(' ');
  const known = prompts.filter((prompt) => requested.includes(prompt));
  if (known.length !== requested.length) refuse('prompt', { expected: prompts, received: redactValue(text) });
  return new Set(known);
}
