import type { AccessTokenState, RevocationCause } from '../ports/store/index.ts';
import type { OauthContext } from './context.ts';
import { type AccessToken, readAccessToken } from './formats/access-token.ts';

/** An active access token, with its user, application and scope. */
export interface VerifiedToken extends AccessTokenState {
  readonly token: AccessToken;
}

/**
 * Why a text is not an access token that this server can have issued. `expires_too_late`: its MAC is right, so a key of
 * the ring has leaked.
 */
type UnissuedToken = 'malformed' | 'expires_too_late';

/**
 * How far, in ms, the clock of another node may be ahead of this one: its tokens expire that much later than those that
 * this node issues at the same moment.
 */
const clockToleranceMs = 300_000;

/** Why an access token is refused: for the log. The client gets only `invalid_token` (RFC 6750 3.1). */
export type InvalidAccessToken =
  | { readonly cause: UnissuedToken }
  /** The token was issued by this server, so its application is known, unless its family is no longer stored. */
  | { readonly cause: 'expired' | RevocationCause; readonly applicationId: string | undefined };

/**
 * Reads an access token that this server can have issued: its MAC is right, and it expires within the longest lifetime
 * of access tokens. Who has a leaked key can't make tokens that outlast it. Does not check expiry or revocation.
 */
export function readIssuedToken(
  { keys, clock, settings }: Pick<OauthContext, 'keys' | 'clock' | 'settings'>,
  text: string,
): AccessToken | UnissuedToken {
  const token = readAccessToken(keys, text);
  if (token === undefined) return 'malformed';
  const latest = clock.now() + settings.maxAccessTokenSeconds * 1000 + clockToleranceMs;
  return token.expiresAt > latest ? 'expires_too_late' : token;
}

/**
 * Checks an access token: its MAC, its expiry, and the state of its token family, in one look-up. The token is refused
 * from the millisecond `expiresAt` on.
 */
export async function verifyAccessToken(
  context: Pick<OauthContext, 'keys' | 'clock' | 'settings'> & {
    readonly store: Pick<OauthContext['store'], 'families'>;
  },
  text: string,
): Promise<VerifiedToken | InvalidAccessToken> {
  const token = readIssuedToken(context, text);
  if (typeof token === 'string') return { cause: token };
  const state = await context.store.families.findByAccessToken(token.familyId, token.tokenId);
  const applicationId = state?.applicationId;
  if (context.clock.now() >= token.expiresAt) return { cause: 'expired', applicationId };
  if (state === undefined) return { cause: 'revoked', applicationId };
  if (state.revocationCause !== null) return { cause: state.revocationCause, applicationId };
  return { ...state, token };
}
