import { refuse } from '../errors/oauth-error.ts';
import { formDecode, type Params } from '../params.ts';

/** The ways to authenticate, as metadata names them (RFC 8414 2), in the order they are read. */
export const authenticationMethods = ['client_secret_basic', 'client_secret_post', 'none'] as const;

/** The credentials of a request. `secret: null`: none was sent, as by a public client, which only sends its ID. */
interface PresentedClient {
  readonly clientId: string;
  readonly secret: string | null;
}

/**
 * Reads the client's credentials, sent by exactly one method (RFC 6749 2.3). The query is never read. `authorization`:
 * the Authorization header, if there was one.
 * @throws {OAuthError} with a cause `credentials_…`
 */
export function presentedClient(authorization: string | undefined, params: Params): PresentedClient {
  const body = readBody(params);
  if (authorization === undefined) return body ?? refuse('credentials_missing');
  const basic = readBasic(authorization);
  if (body !== undefined && body.secret !== null) refuse('credentials_twice');
  if (body !== undefined && body.clientId !== basic.clientId) refuse('credentials_differ');
  return basic;
}

/** `client_id` and `client_secret` in the body (RFC 6749 2.3.1), or only `client_id` (RFC 6749 3.2.1). */
function readBody(params: Params): PresentedClient | undefined {
  const clientId = params.get('client_id');
  const secret = params.get('client_secret');
  if (clientId === undefined) return secret === undefined ? undefined : { clientId: '', secret };
  return { clientId, secret: secret ?? null };
}

const basicSyntax = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i;

/** The Basic header (RFC 6749 2.3.1, RFC 7617 2). The user name must not be empty; the password may be. */
function readBasic(authorization: string): PresentedClient {
  const match = basicSyntax.exec(authorization);
  if (match?.[1] === undefined) return refuse('credentials_malformed');
  const text = Buffer.from(match[1], 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) return refuse('credentials_malformed');
  return { clientId: decodePart(text.slice(0, colon)), secret: decodePart(text.slice(colon + 1)) };
}

/**
 * Form-decodes a client ID or secret (RFC 6749 2.3.1), but only one with a `%`. Those we issue are made of
 * `[A-Za-z0-9_-]`, which encoding leaves as they are, so a client that does not encode them sends the same bytes.
 */
function decodePart(text: string): string {
  return text.includes('%') ? (formDecode(text) ?? refuse('credentials_malformed')) : text;
}
