import type { Application } from '../../ports/store/index.ts';
import { grantTypeText, refuse } from '../errors.ts';
import { responseTypes } from '../metadata.ts';
import { type Params, refuseRepeated } from '../params.ts';
import { parseChallenge } from '../pkce.ts';
import { maskUri, maskValue } from '../redact.ts';
import { matchRedirectUri, type RedirectUri } from '../redirect-uri.ts';
import { parseScope, type Scope } from '../scope.ts';

/** Client and redirect URI are right: from here on a refusal may be told to the application. */
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
 * Checks what must hold before any redirect is trusted, and before anyone is asked to log in. A refusal from here is
 * shown on a page of ours (RFC 6749 4.1.2.1). The application's grant type is checked later, so that it can't be used
 * to bounce to a foreign address.
 * @throws {Refusal} `unknown_application`, `grant_without_callback`, `redirect_uri_missing`, `redirect_uri_mismatch`
 */
export function checkRedirect(params: Params, application: Application | undefined): TrustedRequest {
  if (application === undefined || application.status !== 'active') {
    return refuseUnknown(application === undefined ? 'unknown_client' : 'suspended');
  }
  const given = params.repeated.has('redirect_uri') ? undefined : params.get('redirect_uri');
  const redirectUri = given === undefined ? undefined : matchRedirectUri(application.redirectUris, given, application);
  if (redirectUri === undefined) return refuseRedirect(application, given);
  const state = params.repeated.has('state') ? undefined : params.get('state');
  return { application, redirectUri, state };
}

/** The page is the same for each cause: only the developers of the application learn which one it was. */
export function refuseUnknown(cause: 'unknown_client' | 'client_id_space' | 'suspended'): never {
  refuse('unknown_application', 'The application is unknown or not active', { cause });
}

/** Names the grant type first: an application with another one has no callback that it could register. */
function refuseRedirect(application: Application, given: string | undefined): never {
  if (application.grantType !== flow) refuseGrantType('grant_without_callback', application);
  if (given === undefined) {
    const description = 'The parameter redirect_uri must be sent exactly once';
    refuse('redirect_uri_missing', description, { cause: 'redirect_uri_missing' });
  }
  const expected = application.redirectUris;
  refuse(
    'redirect_uri_mismatch',
    'redirect_uri is not a registered callback of the application',
    { cause: 'redirect_uri_mismatch' },
    { expected, received: maskUri(given, expected) },
  );
}

function refuseGrantType(reason: 'grant_without_callback' | 'unauthorized_client', application: Application): never {
  const shown = { expected: [application.grantType], received: flow };
  refuse(reason, grantTypeText(application), { cause: 'other_grant_type' }, shown);
}

/**
 * The remaining checks, in this order. A refusal from here goes to the application, once somebody is logged in
 * (RFC 9700 4.11.2).
 * @throws {Refusal} with a reason that may be redirected
 */
export function checkRequest<Trusted extends TrustedRequest>(
  params: Params,
  trusted: Trusted,
): Trusted & AuthorizationRequest {
  refuseRepeated(params);
  const { application } = trusted;
  checkResponseType(params);
  if (application.grantType !== flow) refuseGrantType('unauthorized_client', application);
  const scope = parseScope(params.get('scope'));
  const codeChallenge = parseChallenge(params, application);
  return { ...trusted, scope, codeChallenge, prompts: parsePrompts(params.get('prompt')) };
}

function checkResponseType(params: Params): void {
  const responseType = params.get('response_type');
  if (responseType === undefined)
    refuse(
      'invalid_request',
      'The parameter response_type is missing',
      { cause: 'parameter_missing' },
      { expected: ['response_type'] },
    );
  if (!responseTypes.some((known) => known === responseType)) {
    refuse(
      'unsupported_response_type',
      'The only response_type is code',
      { cause: 'response_type' },
      { expected: responseTypes, received: maskValue(responseType) },
    );
  }
  const mode = params.get('response_mode');
  if (mode !== undefined && mode !== 'query')
    refuse(
      'invalid_request',
      'The only response_mode is query',
      { cause: 'response_mode' },
      { expected: ['query'], received: maskValue(mode) },
    );
  if (params.get('request') !== undefined || params.get('request_uri') !== undefined) {
    refuse('invalid_request', 'Request objects are not supported', { cause: 'request_object' });
  }
}

function parsePrompts(text: string | undefined): ReadonlySet<Prompt> {
  if (text === undefined) return new Set();
  const asked = text.split(' ');
  const known = prompts.filter((prompt) => asked.includes(prompt));
  if (known.length !== asked.length)
    refuse(
      'invalid_request',
      'prompt may be login, consent, or both',
      { cause: 'prompt' },
      { expected: prompts, received: maskValue(text) },
    );
  return new Set(known);
}
