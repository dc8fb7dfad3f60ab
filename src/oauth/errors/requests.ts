import { allEndpoints } from './endpoints.ts';
import type { ErrorRow } from './row.ts';

/** A form or query that can't be decoded, which happens before the client authenticates. */
const unreadable = {
  error: 'invalid_request',
  source: 'RFC 6749 3.1',
  at: allEndpoints,
  redirect: false,
  page: 'malformed_request',
  authenticated: false,
} as const satisfies Partial<ErrorRow>;

/** Errors of the encoding and the parameters of a request. */
export const requestErrors = {
  malformed: { ...unreadable, text: 'The parameters are not valid application/x-www-form-urlencoded text in UTF-8' },
  nul_character: { ...unreadable, text: 'The parameters hold a NUL character' },
  too_many_parameters: { ...unreadable, text: 'The request has more than 1,000 parameters' },
  parameter_repeated: {
    error: 'invalid_request',
    text: 'The request repeats {parameter}',
    source: 'RFC 6749 3.2',
    at: allEndpoints,
    redirect: true,
    authenticated: false,
    shows: 'received',
  },
  parameter_missing: {
    error: 'invalid_request',
    text: 'The parameter {name} is missing',
    source: 'RFC 6749 5.2',
    at: allEndpoints,
    redirect: true,
    authenticated: true,
    shows: 'expected',
  },
  unknown_scope: {
    error: 'invalid_scope',
    text: 'The scope is unknown; there is one scope: {scope}',
    source: 'RFC 6749 3.3',
    at: ['authorize', 'token'],
    redirect: true,
    authenticated: true,
    shows: 'both',
  },
  introspection_without_secret: {
    error: 'invalid_client',
    text: 'Introspection needs an application with a secret',
    source: 'RFC 7662 2.1',
    at: ['introspect'],
    redirect: false,
    authenticated: true,
  },
} as const satisfies Readonly<Record<string, ErrorRow>>;

/** Errors of the grant type of a request, and of its application. */
export const grantTypeErrors = {
  unknown_grant_type: {
    error: 'unsupported_grant_type',
    text: 'The grant type is not supported; there are {grantTypes}',
    source: 'RFC 6749 5.2',
    at: ['token'],
    redirect: false,
    authenticated: true,
    shows: 'both',
  },
  /** Shown on a page, if the request has no redirect URI that is registered for the application. */
  other_grant_type: {
    error: 'unauthorized_client',
    text: 'The grant type of this application is {grantType}',
    source: 'RFC 6749 5.2',
    at: ['authorize', 'token'],
    redirect: true,
    page: 'grant_without_callback',
    authenticated: true,
    shows: 'both',
  },
} as const satisfies Readonly<Record<string, ErrorRow>>;
