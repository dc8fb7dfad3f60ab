import { authorizationCode } from './authorization-code.ts';
import type { Grant } from './grant.ts';
import { password } from './password.ts';
import { refreshToken } from './refresh-token.ts';

/**
 * Every grant of the token endpoint, in the order that metadata lists them. To add one: its file, and its line here.
 */
export const grants = [authorizationCode, password, refreshToken] as const;

/** A grant whose own types are closed over: who calls it can't mix one grant's request with another's ground. */
export type AnyGrant = Grant<unknown, unknown>;

export function findGrant(grantType: string): AnyGrant | undefined {
  // The request that a grant parsed is handed back to that same grant and to nothing else.
  return grants.find((grant) => grant.grantType === grantType) as AnyGrant | undefined;
}
