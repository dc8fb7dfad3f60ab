import type { AccessTokenState, RevocationCause } from '../ports/store/index.ts';
import type { OauthContext } from './context.ts';
import { type AccessToken, readAccessToken } from './formats/access-token.ts';

/** A token that is good at this moment, and what it rests on. */
export interface VerifiedToken extends AccessTokenState {
  readonly token: AccessToken;
}

/** Why a token is not good; for the log, the client only learns `invalid_token` (RFC 6750 3.1). */
export type Unverified =
  | { readonly cause: 'malformed' }
  /** The token was ours once, so it is known whose. */
  | { readonly cause: 'expired' | RevocationCause; readonly applicationId: string | undefined };

/**
 * Checks an access token: its MAC, the clock, and one look-up of what it rests on.
 * A token is refused at the very millisecond it expires.
 */
export async function verifyAccessToken(
  context: Pick<OauthContext, 'keys' | 'clock'> & { readonly store: Pick<OauthContext['store'], 'families'> },
  text: string,
): Promise<VerifiedToken | Unverified> {
  const token = readAccessToken(context.keys, text);
  if (token === undefined) return { cause: 'malformed' };
  const ground = await context.store.families.findByAccessToken(token.familyId, token.tokenId);
  const applicationId = ground?.applicationId;
  if (context.clock.now() >= token.expiresAt) return { cause: 'expired', applicationId };
  if (ground === undefined) return { cause: 'revoked', applicationId };
  if (ground.endedBy !== null) return { cause: ground.endedBy, applicationId };
  return { ...ground, token };
}
