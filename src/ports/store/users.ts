import type { Actor } from '../audit.ts';
import type { ChangeRecord } from '../change-record.ts';
import type { CursorPage, CursorPaging } from '../listing.ts';

/** What staff may do in the console; `null` for everybody else. */
export type AdministratorRole = 'administrator' | 'support' | 'auditor';

/** A person: a manager who may own devices, with or without a role among the administrators. */
export interface User {
  readonly id: number;
  /** Normalised: trimmed, NFC, lower case. Unique. It is also the user name of the password grant. */
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly administratorRole: AdministratorRole | null;
  readonly createdAt: number;
  /** When an administrator disabled the account; nothing of a disabled account works. */
  readonly disabledAt: number | null;
  /** Grows with each change of the password. What was opened by an older one is worth nothing. */
  readonly passwordEpoch: number;
}

/** Where and when somebody logged in. */
export interface SessionOrigin {
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly from: string;
  readonly userAgent: string;
}

export interface NewUser {
  readonly email: string;
  /** An encoded argon2id hash. */
  readonly passwordHash: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly administratorRole: AdministratorRole | null;
  readonly now: number;
}

/** The audit entry of a new user, who is its subject. Only the transaction knows the id. */
export interface NewUserEntry {
  /** `self`: the new user. */
  readonly actor: Actor | 'self';
  readonly action: 'user.signed_up' | 'user.created';
  /** The network address, where there is one. */
  readonly from?: string;
}

export interface Users {
  /** Adds a user, with the audit entry. `taken`: the e-mail address belongs to another one; nothing was written. */
  create(
    user: NewUser & { readonly entry: NewUserEntry },
  ): Promise<{ readonly outcome: 'created'; readonly user: User } | { readonly outcome: 'taken' }>;
  find(id: number): Promise<User | undefined>;
  findByEmail(email: string): Promise<User | undefined>;
  /** For the door that checks passwords, and nothing else. */
  findCredentials(email: string): Promise<{ readonly user: User; readonly passwordHash: string } | undefined>;
  /**
   * Replaces the password and, in the same act, ends what rested on the old one: all sessions but `keepSession` (its id
   * hash), unredeemed codes, and the token families that were started by password. Families started by consent live on.
   */
  changePassword(change: {
    readonly userId: number;
    /**
     * The user's, when the old password was checked: of two changes that began with the same one, only the first is
     * made.
     */
    readonly passwordEpoch: number;
    readonly passwordHash: string;
    readonly keepSession: string | null;
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<'changed' | 'lost'>;
  /** Stores a stronger hash of the same password, if `oldHash` is still the stored one. Ends nothing. */
  rehashPassword(userId: number, oldHash: string, newHash: string): Promise<void>;
  /**
   * Disabling ends, in the same act, what a password opened: sessions, unredeemed codes, families started by password.
   * Consented authorizations rest while the account is disabled, and go on once it is enabled again (`null`).
   */
  setDisabled(
    userId: number,
    disabledAt: number | null,
    record: ChangeRecord,
  ): Promise<'changed' | 'unknown' | 'last_administrator'>;
  /** `last_administrator`: there would be nobody left who can appoint one; likewise for disabling. */
  setStaffRole(
    userId: number,
    role: AdministratorRole | null,
    record: ChangeRecord,
  ): Promise<'changed' | 'unknown' | 'last_administrator'>;
  /** Sets a password that was not asked for by its owner, ending what rested on the old one, as changing it does. */
  resetPassword(reset: {
    readonly userId: number;
    readonly passwordHash: string;
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<'changed' | 'unknown'>;
  /** Logs the user out everywhere. Answers how many sessions ended. */
  endSessions(userId: number, record: ChangeRecord): Promise<number>;
  /** Disconnects every application of the user. Answers how many. */
  endAuthorizations(userId: number, now: number, record: ChangeRecord): Promise<number>;
  /** Newest first. `text`: a part of the names or the address, whatever its case. */
  search(
    query: CursorPaging & { readonly text?: string; readonly only?: 'staff' | 'disabled' },
  ): Promise<CursorPage<User>>;
  /** E-mail addresses of the staff that can answer registrations, to tell them of new ones. */
  staffEmails(roles: readonly AdministratorRole[]): Promise<readonly string[]>;
  /** Live sessions, newest first. */
  sessions(userId: number, now: number): Promise<readonly SessionOrigin[]>;
  count(): Promise<number>;
}
