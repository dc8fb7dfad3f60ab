import type { ErrorRow } from './row.ts';

const atAuthorize = { at: ['authorize'], authenticated: false } as const satisfies Partial<ErrorRow>;

/** Redirected to the application: its redirect URI is trusted by then. */
const redirected = {
  ...atAuthorize,
  error: 'invalid_request',
  source: 'RFC 6749 4.1.2.1',
  redirect: true,
} as const satisfies Partial<ErrorRow>;

/** Shown on a page of this site: no redirect URI is trusted yet. */
const shown = { ...atAuthorize, error: 'invalid_request', redirect: false } as const satisfies Partial<ErrorRow>;

const pkce = { ...redirected, source: 'RFC 7636 4.4.1' } as const satisfies Partial<ErrorRow>;

/** Errors of an authorization request, except those of its encoding (`requests.ts`) and its client (`clients.ts`). */
export const authorizationRequestErrors = {
  redirect_uri_missing: {
    ...shown,
    text: 'The parameter redirect_uri must be sent exactly once',
    source: 'RFC 6749 3.1.2.3',
    page: 'redirect_uri_missing',
  },
  redirect_uri_mismatch: {
    ...shown,
    text: 'redirect_uri is not a registered callback of the application',
    source: 'RFC 6749 3.1.2.4',
    page: 'redirect_uri_mismatch',
    shows: 'both',
  },
  redirect_uri_ambiguous: {
    ...shown,
    text: 'The query of redirect_uri has a parameter of the response',
    source: 'RFC 6749 3.1',
    page: 'redirect_uri_ambiguous',
    shows: 'received',
  },
  response_type: {
    ...redirected,
    error: 'unsupported_response_type',
    text: 'The only response_type is code',
    shows: 'both',
  },
  response_mode: { ...redirected, text: 'The only response_mode is query', shows: 'both' },
  // OpenID Connect Core 3.1.2.6 defines both codes.
  request_object: {
    ...redirected,
    error: 'request_not_supported',
    text: 'The parameter request is not supported',
    source: 'RFC 9101 7',
  },
  request_uri: {
    ...redirected,
    error: 'request_uri_not_supported',
    text: 'The parameter request_uri is not supported',
    source: 'RFC 9101 7',
  },
  prompt: { ...redirected, text: 'prompt may be login, consent, or both', shows: 'both' },
  challenge_missing: { ...pkce, text: 'A public application must send code_challenge', source: 'RFC 9700 2.1.1' },
  challenge_method_alone: { ...pkce, text: 'code_challenge_method was sent without code_challenge' },
  challenge_method: { ...pkce, text: 'code_challenge_method must be S256', shows: 'both' },
  challenge_malformed: {
    ...pkce,
    text: 'code_challenge must be the 43 characters of a base64url SHA-256',
    shows: 'both',
  },
  user_denied: { ...redirected, error: 'access_denied', text: 'The user denied the request' },
} as const satisfies Readonly<Record<string, ErrorRow>>;
