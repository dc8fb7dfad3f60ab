import type { RefusedAt } from '../../ports/store/index.ts';

/** The OAuth endpoints. */
export type Endpoint = Exclude<RefusedAt, 'api'>;

/** The endpoints that programs call, where a client authenticates. */
export const backChannelEndpoints = ['token', 'revoke', 'introspect'] as const satisfies readonly Endpoint[];

export const allEndpoints = ['authorize', ...backChannelEndpoints] as const satisfies readonly Endpoint[];

/** The error codes on the wire (RFC 6749 4.1.2.1, 5.2), with the status of each where no endpoint has another. */
export const errorCodes = {
  invalid_request: 400,
  invalid_client: 400,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  unsupported_response_type: 400,
  access_denied: 400,
  server_error: 500,
  temporarily_unavailable: 503,
} as const;

export type OAuthErrorCode = keyof typeof errorCodes;

/** 401 tells a program to authenticate (RFC 6749 5.2); a browser has no client secret to send. */
const clientStatuses = { invalid_client: 401 } as const;

/** Statuses belong to an endpoint, not to a code. */
const statuses: Readonly<Record<Endpoint, Readonly<Partial<Record<OAuthErrorCode, number>>>>> = {
  authorize: { access_denied: 403 },
  token: clientStatuses,
  revoke: clientStatuses,
  introspect: clientStatuses,
};

/**
 * The status of an error at an endpoint (`undefined`: on any other page of the site): the error's own, if its row has
 * one, else the endpoint's for the code, else the code's.
 */
export function statusOf(
  { error, status }: { readonly error: OAuthErrorCode; readonly status?: number },
  endpoint: Endpoint | undefined,
): number {
  const ofEndpoint = endpoint === undefined ? undefined : statuses[endpoint][error];
  return status ?? ofEndpoint ?? errorCodes[error];
}

export function isErrorCode(text: string): text is OAuthErrorCode {
  return Object.hasOwn(errorCodes, text);
}
