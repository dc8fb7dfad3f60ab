import type { Endpoint } from './endpoints.ts';
import type { OAuthErrorCode } from './index.ts';

type Statuses = Readonly<Partial<Record<OAuthErrorCode, number>>>;

/** The default statuses of the codes for which it is not 400. */
const defaults: Statuses = { server_error: 500, temporarily_unavailable: 503 };

/** 401 demands client authentication (RFC 6749 5.2). A browser has no client secret, so its pages use 400. */
const backChannel: Statuses = { invalid_client: 401 };

/** The statuses of an endpoint that differ from the defaults. */
const statuses: Readonly<Record<Endpoint, Statuses>> = {
  authorize: { access_denied: 403 },
  token: backChannel,
  revoke: backChannel,
  introspect: backChannel,
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
  return status ?? endpointStatus ?? defaults[error] ?? 400;
}
