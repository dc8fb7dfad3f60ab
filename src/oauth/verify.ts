import type { AccessTokenState, RevocationCause } from '../ports/store/index.ts';
import type { OauthContext } from './context.ts';
import { type AccessToken, readAccessToken } from './formats/access-token.ts';

/** An active access token, with its user, application and scope. */
export interface VerifiedToken extends AccessTokenState {
  readonly token: AccessToken;
}

/** Why an access token is refused: for the log. The client gets only `invalid_token` (RFC 6750 3.1). */
export type InvalidAccessToken =
  | { readonly cause: 'malformed' }
  /** The token was issued by this server, so its application is known, unless its family is no longer stored. */
  | { readonly cause: 'expired' | RevocationCause; readonly applicationId: string | undefined };

/**
 * Checks an access token: its MAC, its expiry, and the state of its token family, in one look-up. The token is refused
 * from the millisecond `expiresAt` on.
 */
export async function verifyAccessToken(
  context: Pick<OauthContext, 'keys' | 'clock'> & { readonly store: Pick<OauthContext['store'], 'families'> },
  text: string,
): Promise<VerifiedToken | InvalidAccessToken> {
  const token = readAccessToken(context.keys, text);
  if (token === undefined) return { cause: 'malformed' };
  const state = await context.store.families.findByAccessToken(token.familyId, token.tokenId);
  const applicationId = state?.applicationId;
  if (context.clock.now() >= token.expiresAt) return { cause: 'expired', applicationId };
  if (state === undefined) return { cause: 'revoked', applicationId };
  if (state.revocationCause !== null) return { cause: state.revocationCause, applicationId };
  return { ...state, token };
}
