import { allEndpoints, backChannelEndpoints } from './codes.ts';
import type { ErrorRow } from './row.ts';

const unauthenticated = {
  source: 'RFC 6749 5.2',
  at: backChannelEndpoints,
  redirect: false,
  authenticated: false,
} as const satisfies Partial<ErrorRow>;

/** No credentials, or credentials that can't be read. */
const credentials = { ...unauthenticated, error: 'invalid_client' } as const satisfies Partial<ErrorRow>;

/** Credentials at two places, of which nobody can say which one counts (RFC 6749 2.3). */
const ambiguous = {
  ...unauthenticated,
  error: 'invalid_request',
  source: 'RFC 6749 2.3',
} as const satisfies Partial<ErrorRow>;

/** Unknown, wrong and suspended look the same from outside. */
const rejected = { ...credentials, text: 'Client authentication failed' } as const satisfies Partial<ErrorRow>;

/** The application that a request names, at each endpoint: as long as it is not known, nothing is redirected. */
const named = {
  ...rejected,
  textAtAuthorize: 'The application is unknown or not active',
  source: 'RFC 6749 4.1.2.1',
  at: allEndpoints,
  page: 'unknown_application',
} as const satisfies Partial<ErrorRow>;

/** How a client authenticates, and whether it is one. */
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
  wrong_secret: { ...rejected, shows: 'both' },
  secret_revoked: { ...rejected, shows: 'both' },
  secret_missing: rejected,
  secret_space: rejected,
  secret_unexpected: rejected,
} as const satisfies Readonly<Record<string, ErrorRow>>;
