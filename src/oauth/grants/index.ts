import { authorizationCode } from './authorization-code.ts';
import type { Grant } from './grant.ts';
import { password } from './password.ts';
import { refreshToken } from './refresh-token.ts';

/** The grants of the token endpoint, in the order of the discovery document. */
export const grants = [authorizationCode, password, refreshToken] as const;

/** A grant of unknown types: its `load` and `decide` take only what its own `parse` and `load` returned. */
export type AnyGrant = Grant<unknown, unknown>;

/** Finds a grant by its exact `grant_type`. */
export function findGrant(grantType: string): AnyGrant | undefined {
  // The cast is safe as long as a caller passes a request and a state only to the grant that returned them.
  return grants.find((grant) => grant.grantType === grantType) as AnyGrant | undefined;
}
