import { refuse } from '../errors/oauth-error.ts';
import type { Params } from '../params.ts';
import { readBasic } from './basic.ts';
import { type PresentedClient, readBody } from './body.ts';

/** The ways to authenticate, as metadata names them (RFC 8414 2), in the order they are read. */
export const authenticationMethods = ['client_secret_basic', 'client_secret_post', 'none'] as const;

/** One client, by exactly one method (RFC 6749 2.3). Credentials in the query are never read. */
export function presentedClient(authorization: string | undefined, params: Params): PresentedClient {
  const body = readBody(params);
  if (authorization === undefined) return body ?? refuse('credentials_missing');
  const basic = readBasic(authorization);
  if (body !== undefined && body.secret !== null) refuse('credentials_twice');
  if (body !== undefined && body.clientId !== basic.clientId) refuse('credentials_differ');
  return basic;
}
