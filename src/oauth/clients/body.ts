import type { Params } from '../params.ts';

/** What a request shows of its client. `secret: null`: a public client that only names itself. */
export interface PresentedClient {
  readonly clientId: string;
  readonly secret: string | null;
}

/** `client_id` and `client_secret` in the body (RFC 6749 2.3.1), or only `client_id` (RFC 6749 3.2.1). */
export function readBody(params: Params): PresentedClient | undefined {
  const clientId = params.get('client_id');
  const secret = params.get('client_secret');
  if (clientId === undefined) return secret === undefined ? undefined : { clientId: '', secret };
  return { clientId, secret: secret ?? null };
}
