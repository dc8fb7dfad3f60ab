import type { ChangeRecord } from '../change-record.ts';
import type { Application } from './applications.ts';

/** How the first tokens of a family were issued: for a code, or for a password. */
export type FamilyMethod = 'consent' | 'password';

/**
 * A token family: all tokens that follow from one redeemed code or one login with a password. Its access tokens contain
 * its ID and are not stored; of its refresh token the hash is stored.
 */
export interface NewFamily {
  /** 22 characters (16 bytes as base64url) that begin with the time, so that new rows are stored next to each other. */
  readonly id: string;
  readonly refreshHash: string;
  /** When the access token that is issued with it expires. */
  readonly accessExpiresAt: number;
  readonly now: number;
}

/**
 * Why an issued code or token is invalid before it expires. `revoked`: the family, or this one access token, was
 * revoked. `disconnected`: the user revoked the authorization. `ended_by_replay`: a rotated refresh token of the
 * authorization was sent again. `ended_by_administrator`: an administrator revoked the authorization.
 * `password_changed`: the password was changed, or the user disabled and enabled, after the login. `user_disabled` and
 * `application_suspended`: until that is undone.
 */
export type RevocationCause =
  | 'revoked'
  | 'disconnected'
  | 'ended_by_replay'
  | 'ended_by_administrator'
  | 'password_changed'
  | 'user_disabled'
  | 'application_suspended';

/** Everything that decides whether an access token is valid, and for whom; its expiry is in the token itself. */
export interface AccessTokenState {
  readonly familyId: string;
  readonly authorizationId: string;
  readonly userId: number;
  readonly userEmail: string;
  readonly applicationId: string;
  readonly clientId: string;
  /** Whether the application is a sandbox. */
  readonly sandbox: boolean;
  readonly scope: string;
  /** `null`: family, authorization, user and application are active, and this access token is not revoked. */
  readonly revocationCause: RevocationCause | null;
}

/** What a refresh token contains: the family to look up, and the hash to compare. */
export interface PresentedRefreshToken {
  readonly familyId: string;
  /** The hash of the whole token. */
  readonly hash: string;
}

/** The state of a presented refresh token and its family. */
export interface RefreshTokenState {
  readonly familyId: string;
  readonly authorizationId: string;
  readonly userId: number;
  readonly applicationId: string;
  readonly scope: string;
  /** When the family was created. */
  readonly createdAt: number;
  /**
   * Computed, not stored. `current`: the refresh token of the family. `previous`: the token that the current one
   * replaced. `rotated`: older than `previous`. `evicted`: a token of a family that newer families of the
   * same authorization replaced.
   */
  readonly position: 'current' | 'previous' | 'rotated' | 'evicted';
  /** When the presented token was rotated; `null`: never; 0: by a release that did not store the time. */
  readonly replacedAt: number | null;
  /**
   * The current token, encrypted with the previous one, so that only a holder of the previous token can read it.
   * `null`: the family was never rotated.
   */
  readonly sealedSuccessor: string | null;
  /** `null`: family, authorization and user are active. The status of the application is not checked here. */
  readonly revocationCause: RevocationCause | null;
}

export interface Families {
  /**
   * Starts a family for a login with a password (RFC 6749 4.3), under the active authorization of the user for the
   * application; without one it is created. `refused`: the user is disabled, the application is suspended or has
   * another grant type, or it is a sandbox of another user. Then nothing is written.
   */
  startByPassword(
    start: NewFamily & {
      /** The ID of the authorization if a new one is created. */
      readonly newAuthorizationId: string;
      readonly userId: number;
      /**
       * The user's epoch when the password was checked. If the password has changed since, the family is `started`, but
       * invalid from the beginning (`password_changed`).
       */
      readonly passwordEpoch: number;
      readonly applicationId: Application['id'];
      readonly scope: string;
    },
  ): Promise<'started' | 'refused'>;
  /**
   * Finds the state of an access token by the two IDs that it contains. Tokens of revoked families are found too, so
   * that the caller can log the cause. `undefined`: the family is unknown, or already purged.
   */
  findByAccessToken(familyId: string, tokenId: string): Promise<AccessTokenState | undefined>;
  /** Finds the state of a refresh token. `undefined`: the family is unknown, or never had a token with this hash. */
  findByRefreshToken(token: PresentedRefreshToken): Promise<RefreshTokenState | undefined>;
  /**
   * Replaces the refresh token. Exactly one caller gets `won`: then the replaced token is `previous`, and the one
   * before it no longer. `lost`: `expectedHash` is not the current token any more, the family is revoked or evicted,
   * its authorization is revoked, or its user is disabled. Then nothing is written.
   */
  rotate(rotation: {
    readonly familyId: string;
    readonly expectedHash: string;
    readonly newHash: string;
    /** The new token, encrypted with the replaced one. */
    readonly sealedSuccessor: string;
    readonly now: number;
  }): Promise<'won' | 'lost'>;
  /**
   * Revokes a family with all its tokens. `already`: it was revoked before and that time is kept, or it is unknown.
   * `record` is `null` only when an application revokes its own tokens (RFC 7009).
   */
  revoke(familyId: string, now: number, record: ChangeRecord | null): Promise<'revoked' | 'already'>;
  /** Revokes one access token. The row is purged after `expiresAt`, when the token itself has expired. */
  revokeAccessToken(tokenId: string, expiresAt: number): Promise<void>;
  /**
   * Writes when families, and their authorizations, were last used. A time only moves forward. Unknown families are
   * skipped.
   */
  touch(uses: readonly FamilyUse[]): Promise<void>;
}

/** One use of a family, by its access token or its refresh token. */
export interface FamilyUse {
  readonly familyId: string;
  readonly usedAt: number;
  /** When the access token that a refresh issued expires; `null`: the use issued none. */
  readonly accessExpiresAt: number | null;
}
