import type { ChangeRecord } from '../change-record.ts';
import type { Application } from './applications.ts';

/** `owner`: may do everything with the application. `member`: may see everything, and replace secrets. */
export type MemberRole = 'owner' | 'member';

/** An application of a user, and the user's role in it. */
export interface Membership {
  readonly application: Application;
  readonly role: MemberRole;
}

/** A user who belongs to an application. */
export interface Member {
  readonly userId: number;
  readonly email: string;
  /** First and last name. */
  readonly name: string;
  readonly role: MemberRole;
  /** When the user joined. */
  readonly since: number;
}

/** An invitation to join an application. The email contains a link with a secret, of which only the hash is stored. */
export interface Invitation {
  readonly idHash: string;
  readonly applicationId: string;
  /** Normalised. Only the account with this address can accept. */
  readonly email: string;
  readonly role: MemberRole;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface Members {
  /** Lists the members, owners first, then by when they joined. */
  list(applicationId: string): Promise<readonly Member[]>;
  /** Returns the role of a user; `undefined`: the user is no member. */
  roleOf(applicationId: string, userId: number): Promise<MemberRole | undefined>;
  /** Finds an application of which the user is a member. `undefined`: unknown, or the user is no member. */
  membershipOf(clientId: string, userId: number): Promise<Membership | undefined>;
  /** Lists the applications of which the user is a member, oldest first. */
  applicationsOf(userId: number): Promise<readonly Membership[]>;
  /**
   * Adds a member. A role only rises: a member who is added as an owner becomes one, an owner who is added as a member
   * stays an owner.
   * @throws {Error} the application or the user does not exist
   */
  add(member: {
    readonly applicationId: string;
    readonly userId: number;
    readonly role: MemberRole;
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<'added'>;
  /**
   * Removes a member. `unknown`: the user is no member. `last_owner`: the application would have no owner left. Both
   * write nothing.
   */
  remove(removal: {
    readonly applicationId: string;
    readonly userId: number;
    readonly record: ChangeRecord;
  }): Promise<'removed' | 'unknown' | 'last_owner'>;
  /**
   * Swaps two roles: the owner `from` becomes a member, and the member `to` an owner. `unknown`: `from` is no owner, or
   * `to` has not the role `member`; nothing was written.
   */
  transfer(transfer: {
    readonly applicationId: string;
    readonly from: number;
    readonly to: number;
    readonly record: ChangeRecord;
  }): Promise<'transferred' | 'unknown'>;
  /**
   * Stores an invitation, and deletes an earlier one to the same address for the same application.
   * @throws {Error} the application does not exist
   */
  invite(invitation: Invitation & { readonly record: ChangeRecord }): Promise<void>;
  /** Lists the invitations that have not expired at `now`, oldest first. */
  invitations(applicationId: string, now: number): Promise<readonly Invitation[]>;
  /** Finds an invitation that has not expired at `now`. */
  findInvitation(idHash: string, now: number): Promise<Invitation | undefined>;
  /**
   * Makes the user a member and deletes the invitation: exactly one caller gets `accepted`. `gone`: it was accepted,
   * withdrawn or replaced, has expired, or is for an address other than `email`.
   */
  accept(acceptance: {
    readonly idHash: string;
    readonly userId: number;
    /** The address of the user's account. */
    readonly email: string;
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<'accepted' | 'gone'>;
  /** Deletes an invitation. `gone`: it was accepted, withdrawn or replaced before. */
  withdrawInvitation(idHash: string, record: ChangeRecord): Promise<'withdrawn' | 'gone'>;
}
