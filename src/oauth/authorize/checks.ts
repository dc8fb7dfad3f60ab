import type { Application } from '../../ports/store/index.ts';
import { refuse } from '../errors/oauth-error.ts';
import { responseTypes } from '../metadata.ts';
import { type Params, refuseRepeated, required } from '../params.ts';
import { parseChallenge } from '../pkce.ts';
import { redactUri, redactValue } from '../redact.ts';
import { matchRedirectUri, type RedirectUri } from '../redirect-uri.ts';
import { parseScope, type Scope } from '../scope.ts';

/** Client and redirect URI are right: from here on an error may be told to the application. */
export interface TrustedRequest {
  readonly application: Application;
  readonly redirectUri: RedirectUri;
  /** As decoded from the query; goes back exactly so. `undefined` if none was sent, or it was sent twice. */
  readonly state: string | undefined;
}

/** An authorization request (RFC 6749 4.1.1) with nothing wrong about it. */
export interface AuthorizationRequest extends TrustedRequest {
  readonly scope: Scope;
  readonly codeChallenge: string | null;
  readonly prompts: ReadonlySet<Prompt>;
}

/** What the application may ask for: `login`, a fresh log-in; `consent`, to be asked again. */
export type Prompt = (typeof prompts)[number];

const prompts = ['login', 'consent'] as const;

/** The grant type that begins at this endpoint. */
const flow = 'authorization_code';

/** The client of the request, or `undefined` if it is missing or ambiguous. */
export function clientIdOf(params: Params): string | undefined {
  return params.repeated.has('client_id') ? undefined : params.get('client_id');
}

/**
 * Checks what must hold before any redirect is trusted, and before anyone is asked to log in. An error from here is
 * shown on a page of ours (RFC 6749 4.1.2.1). The application's grant type is checked later, so that it can't be used
 * to bounce to a foreign address.
 * @throws {OAuthError} whose row names a `page`
 */
export function checkRedirect(params: Params, application: Application | undefined): TrustedRequest {
  if (application === undefined) return refuse('unknown_client');
  if (application.status !== 'active') return refuse('suspended');
  const given = params.repeated.has('redirect_uri') ? undefined : params.get('redirect_uri');
  const redirectUri = given === undefined ? undefined : matchRedirectUri(application.redirectUris, given, application);
  if (redirectUri === undefined) return refuseRedirect(application, given);
  const state = params.repeated.has('state') ? undefined : params.get('state');
  return { application, redirectUri, state };
}

/** Names the grant type first: an application with another one has no callback that it could register. */
function refuseRedirect(application: Application, given: string | undefined): never {
  if (application.grantType !== flow) refuseGrantType(application);
  if (given === undefined) return refuse('redirect_uri_missing');
  const expected = application.redirectUris;
  refuse('redirect_uri_mismatch', { expected, received: redactUri(given, expected) });
}

function refuseGrantType({ grantType }: Application): never {
  refuse('other_grant_type', { text: { grantType }, expected: [grantType], received: flow });
}

/**
 * The remaining checks, in this order. An error from here goes to the application, once somebody is logged in
 * (RFC 9700 4.11.2).
 * @throws {OAuthError} whose row permits the redirect
 */
export function checkRequest<Trusted extends TrustedRequest>(
  params: Params,
  trusted: Trusted,
): Trusted & AuthorizationRequest {
  refuseRepeated(params);
  const { application } = trusted;
  checkResponseType(params);
  if (application.grantType !== flow) refuseGrantType(application);
  const scope = parseScope(params.get('scope'));
  const codeChallenge = parseChallenge(params, application);
  return { ...trusted, scope, codeChallenge, prompts: parsePrompts(params.get('prompt')) };
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
  if (params.get('request') !== undefined || params.get('request_uri') !== undefined) {
    refuse('request_object');
  }
}

function parsePrompts(text: string | undefined): ReadonlySet<Prompt> {
  if (text === undefined) return new Set();
  const asked = text.split(' ');
  const known = prompts.filter((prompt) => asked.includes(prompt));
  if (known.length !== asked.length) refuse('prompt', { expected: prompts, received: redactValue(text) });
  return new Set(known);
}
