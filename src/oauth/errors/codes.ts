import type { RefusedAt } from '../../ports/store/index.ts';

/** The OAuth endpoints. */
export type Endpoint = Exclude<RefusedAt, 'api'>;

/** The endpoints that clients call directly, and where they authenticate. */
export const backChannelEndpoints = ['token', 'revoke', 'introspect'] as const satisfies readonly Endpoint[];

export const allEndpoints = ['authorize', ...backChannelEndpoints] as const satisfies readonly Endpoint[];

/** The error codes on the wire (RFC 6749 4.1.2.1, 5.2, RFC 9101 7), each with its default status. */
export const errorCodes = {
  invalid_request: 400,
  invalid_client: 400,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  unsupported_response_type: 400,
  request_not_supported: 400,
  request_uri_not_supported: 400,
  access_denied: 400,
  server_error: 500,
  temporarily_unavailable: 503,
} as const;

export type OAuthErrorCode = keyof typeof errorCodes;

/** 401 demands client authentication (RFC 6749 5.2). A browser has no client secret, so its pages use 400. */
const backChannelStatuses = { invalid_client: 401 } as const;

/** The statuses of an endpoint that differ from the defaults. */
const statuses: Readonly<Record<Endpoint, Readonly<Partial<Record<OAuthErrorCode, number>>>>> = {
  authorize: { access_denied: 403 },
  token: backChannelStatuses,
  revoke: backChannelStatuses,
  introspect: backChannelStatuses,
};

/**
 * The HTTP status of an error: that of its row, else that of the endpoint for its code, else the default of the code.
 * `endpoint`: `undefined` on any other page of the site.
 */
export function statusOf(
  { error, status }: { readonly error: OAuthErrorCode; readonly status?: number },
  endpoint: Endpoint | undefined,
): number {
  const endpointStatus = endpoint === undefined ? undefined : statuses[endpoint][error];
  return status ?? endpointStatus ?? errorCodes[error];
}

export function isErrorCode(text: string): text is OAuthErrorCode {
  return Object.hasOwn(errorCodes, text);
}
