import { allEndpoints, backChannelEndpoints } from './endpoints.ts';
import type { ErrorRow } from './row.ts';

const unauthenticated = {
  source: 'RFC 6749 5.2',
  at: backChannelEndpoints,
  redirect: false,
  authenticated: false,
} as const satisfies Partial<ErrorRow>;

/** Credentials that are missing, malformed or wrong. */
const credentials = { ...unauthenticated, error: 'invalid_client' } as const satisfies Partial<ErrorRow>;

/** Credentials by two methods at once (RFC 6749 2.3). */
const ambiguous = {
  ...unauthenticated,
  error: 'invalid_request',
  source: 'RFC 6749 2.3',
} as const satisfies Partial<ErrorRow>;

/** One text for all causes: the response does not reveal which client IDs exist, or which are suspended. */
const rejected = { ...credentials, text: 'Client authentication failed' } as const satisfies Partial<ErrorRow>;

/** No active application has the `client_id`. The authorization endpoint shows it on a page. */
const named = {
  ...rejected,
  textAtAuthorize: 'The application is unknown or not active',
  source: 'RFC 6749 4.1.2.1',
  at: allEndpoints,
  page: 'unknown_application',
} as const satisfies Partial<ErrorRow>;

/** Errors of client authentication, and of the `client_id` of an authorization request. */
export const clientErrors = {
  credentials_missing: { ...credentials, text: 'Client authentication is missing' },
  credentials_malformed: { ...credentials, text: 'The Authorization header is not valid Basic' },
  credentials_twice: {
    ...ambiguous,
    text: 'Send the client credentials in the Authorization header or in the body, not in both',
  },
  credentials_differ: {
    ...ambiguous,
    text: 'client_id in the body differs from the one in the Authorization header',
  },
  unknown_client: named,
  client_id_space: named,
  suspended: named,
  /** RFC 6749 has no error code for throttling. */
  too_many_guesses: {
    ...unauthenticated,
    error: 'temporarily_unavailable',
    text: 'Too many requests with a wrong client ID or secret; try again after the time in Retry-After',
    source: 'RFC 6749 2.3.1',
    status: 429,
    waits: true,
  },
  wrong_secret: { ...rejected, shows: 'both' },
  secret_revoked: { ...rejected, shows: 'both' },
  secret_missing: rejected,
  secret_space: rejected,
  secret_unexpected: rejected,
} as const satisfies Readonly<Record<string, ErrorRow>>;
