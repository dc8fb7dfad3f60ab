import type { Actor } from '../audit.ts';
import type { ChangeRecord } from '../change-record.ts';
import type { CursorPage, CursorPaging } from '../listing.ts';

/** What a user may do in the console. */
export type AdministratorRole = 'administrator' | 'support' | 'auditor';

/** A person with an account. Users can own devices, develop applications, and have a role in the console. */
export interface User {
  readonly id: number;
  /** Normalised: trimmed, NFC, lower case. Unique. It is also the `username` of the password grant. */
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  /** `null`: no access to the console. */
  readonly administratorRole: AdministratorRole | null;
  readonly createdAt: number;
  /** When an administrator disabled the account; `null`: it is enabled. */
  readonly disabledAt: number | null;
  /**
   * Grows when the password changes, and when the account is disabled or enabled. Sessions and password families of an
   * earlier epoch are invalid.
   */
  readonly passwordEpoch: number;
}

/** A session as its user sees it: when and where it was opened. */
export interface SessionOrigin {
  readonly createdAt: number;
  readonly expiresAt: number;
  /** The network address. */
  readonly from: string;
  readonly userAgent: string;
}

export interface NewUser {
  /** Normalised, as in {@link User}. */
  readonly email: string;
  /** An encoded argon2id hash. */
  readonly passwordHash: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly administratorRole: AdministratorRole | null;
  readonly now: number;
}

/** The audit entry of a new user. Its subject is the user, whose ID only the transaction knows. */
export interface NewUserEntry {
  /** `self`: the new user. */
  readonly actor: Actor | 'self';
  readonly action: 'user.signed_up' | 'user.created';
  /** The network address; absent: there was no request. */
  readonly from?: string;
}

export interface Users {
  /** Adds a user, with the audit entry. `taken`: another user has this email address, and nothing was written. */
  create(
    user: NewUser & { readonly entry: NewUserEntry },
  ): Promise<{ readonly outcome: 'created'; readonly user: User } | { readonly outcome: 'taken' }>;
  find(id: number): Promise<User | undefined>;
  /** Finds a user by the normalised email address. */
  findByEmail(email: string): Promise<User | undefined>;
  /** Finds a user with the encoded hash of the password. Only the authenticator uses it. */
  findCredentials(email: string): Promise<{ readonly user: User; readonly passwordHash: string } | undefined>;
  /**
   * Replaces the password, and in the same transaction revokes what depended on the old one: all sessions but
   * `keepSession`, unredeemed codes, and families that were started by password. Families of a consent stay valid.
   * `lost`: the user is unknown, or the password has changed since it was checked; nothing was written.
   */
  changePassword(change: {
    readonly userId: number;
    /** The user's epoch when the old password was checked. Of two changes with one epoch, only the first is made. */
    readonly passwordEpoch: number;
    /** An encoded argon2id hash. */
    readonly passwordHash: string;
    /** The `idHash` of the session that stays open; `null`: none. */
    readonly keepSession: string | null;
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<'changed' | 'lost'>;
  /** Stores a stronger hash of the same password, if `oldHash` is still the stored one. Revokes nothing. */
  rehashPassword(userId: number, oldHash: string, newHash: string): Promise<void>;
  /**
   * Disables an account at `disabledAt`, or enables it (`null`). Disabling revokes, in the same transaction, what the
   * password opened: sessions, unredeemed codes, and families that were started by password. Authorizations by consent
   * are invalid only while the account is disabled. `last_administrator`: no enabled administrator would be left, and
   * nothing was written.
   */
  setDisabled(
    userId: number,
    disabledAt: number | null,
    record: ChangeRecord,
  ): Promise<'changed' | 'unknown' | 'last_administrator'>;
  /**
   * Gives a user a role in the console, or takes it away (`null`). `last_administrator`: no enabled administrator would
   * be left, and nothing was written.
   */
  setAdministratorRole(
    userId: number,
    role: AdministratorRole | null,
    record: ChangeRecord,
  ): Promise<'changed' | 'unknown' | 'last_administrator'>;
  /** Sets a new password without a check of the old one. Revokes the same as `changePassword`, and every session. */
  resetPassword(reset: {
    readonly userId: number;
    /** An encoded argon2id hash. */
    readonly passwordHash: string;
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<'changed' | 'unknown'>;
  /** Closes all sessions of a user. Returns how many there were. The record is stored even if there were none. */
  closeSessions(userId: number, record: ChangeRecord): Promise<number>;
  /**
   * Revokes all active authorizations of a user, with their families, tokens and codes. Returns how many authorizations
   * it revoked. The record is stored even if there were none.
   */
  revokeAuthorizations(userId: number, now: number, record: ChangeRecord): Promise<number>;
  /**
   * Lists users, newest first. `text`: a part of the names or the email address; case does not matter. `only`: users
   * with a role (`staff`), or disabled ones.
   */
  search(
    query: CursorPaging & { readonly text?: string; readonly only?: 'staff' | 'disabled' },
  ): Promise<CursorPage<User>>;
  /** Returns the email addresses of the enabled users with one of these roles. */
  administratorEmails(roles: readonly AdministratorRole[]): Promise<readonly string[]>;
  /** Lists the sessions that are valid at `now`, newest first. */
  sessions(userId: number, now: number): Promise<readonly SessionOrigin[]>;
  /** Returns the number of all users, disabled ones included. */
  count(): Promise<number>;
}
