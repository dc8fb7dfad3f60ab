import type { ChangeRecord } from '../change-record.ts';
import type { Application } from './applications.ts';

/** How the tokens of a family were first issued. */
export type FamilyMethod = 'consent' | 'password';

/**
 * One issue of tokens: a redeemed code or a log-in by password. All its access tokens name it; its refresh token is
 * stored as a hash beside it.
 */
export interface NewFamily {
  /**
   * 22 characters (16 bytes as base64url). Ids that are made one after the other begin alike, so that they are stored
   * together.
   */
  readonly id: string;
  readonly refreshHash: string;
  /** When the access token that is issued with it expires. */
  readonly accessExpiresAt: number;
  readonly now: number;
}

/**
 * Why a code or token is refused that was issued and has not expired. `revoked`: the token family, or this one access
 * token. `password_changed`: or the user was disabled and enabled again. `ended_by_replay`: a rotated refresh token of
 * the same authorization was sent again.
 */
export type RevocationCause =
  | 'revoked'
  | 'disconnected'
  | 'ended_by_replay'
  | 'ended_by_administrator'
  | 'password_changed'
  | 'user_disabled'
  | 'application_suspended';

/** What a presented access token rests on, in one look-up. */
export interface AccessTokenState {
  readonly familyId: string;
  readonly authorizationId: string;
  readonly userId: number;
  readonly userEmail: string;
  readonly applicationId: string;
  readonly clientId: string;
  /** The application is one to try things out with. */
  readonly sandbox: boolean;
  readonly scope: string;
  /** `null`: family, authorization, user, application and this one access token are all active. */
  readonly endedBy: RevocationCause | null;
}

/** What a refresh token says of itself: where to look, and what must match there. */
export interface PresentedRefreshToken {
  readonly familyId: string;
  /** The digest of the whole token. */
  readonly hash: string;
}

/** What a presented refresh token rests on, in one look-up. */
export interface RefreshTokenState {
  readonly familyId: string;
  readonly authorizationId: string;
  readonly userId: number;
  readonly applicationId: string;
  readonly scope: string;
  readonly createdAt: number;
  /**
   * `current`: the family's refresh token. `previous`: the one it replaced last. `rotated`: an older one.
   * `evicted`: pushed out by newer families of the same authorization.
   */
  readonly position: 'current' | 'previous' | 'rotated' | 'evicted';
  /** When the presented token was replaced; `null`: it was not. */
  readonly replacedAt: number | null;
  /** The successor of `previous`, sealed under the previous token itself: only who holds that one can open it. */
  readonly sealedSuccessor: string | null;
  /** `null`: family, authorization and user are active. */
  readonly endedBy: RevocationCause | null;
}

export interface Families {
  /**
   * Starts a family by password (RFC 6749 4.3), under the user's one authorization for the application, made if there
   * is none.
   */
  startByPassword(
    start: NewFamily & {
      readonly newAuthorizationId: string;
      readonly userId: number;
      /** The user's, when the password was checked: if it was changed since, the family is dead from the start. */
      readonly passwordEpoch: number;
      readonly applicationId: Application['id'];
      readonly scope: string;
    },
  ): Promise<'started' | 'refused'>;
  /**
   * `tokenId` is the access token's own identifier. Answers dead ones too, so that the caller can say why in the log.
   */
  findByAccessToken(familyId: string, tokenId: string): Promise<AccessTokenState | undefined>;
  findByRefreshToken(token: PresentedRefreshToken): Promise<RefreshTokenState | undefined>;
  /**
   * Replaces the refresh token, if `expectedHash` is still the current one and the family is live: exactly one caller
   * wins. The replaced one becomes `previous`, and what was `previous` becomes `spent`.
   */
  rotate(rotation: {
    readonly familyId: string;
    readonly expectedHash: string;
    readonly newHash: string;
    readonly sealedSuccessor: string;
    readonly now: number;
  }): Promise<'won' | 'lost'>;
  /**
   * Ends a family and all its tokens. `already`: it was ended before, and the time of that stands. `note` is `null`
   * only where the application gives its own tokens back.
   */
  revoke(familyId: string, now: number, record: ChangeRecord | null): Promise<'revoked' | 'already'>;
  /** Puts one access token on the list of revoked ones until it would have expired. */
  revokeAccessToken(tokenId: string, expiresAt: number): Promise<void>;
  /** Notes when families were last used, so that connected applications can show it. Never moves a time back. */
  touch(uses: readonly FamilyUse[]): Promise<void>;
}

export interface FamilyUse {
  readonly familyId: string;
  readonly usedAt: number;
  /** Set when the refresh token was used: when the newest access token expires. */
  readonly accessExpiresAt: number | null;
}
