import type { ChangeRecord } from '../change-record.ts';
import type { Application } from './applications.ts';

/** `owner`: may do everything with the application. `member`: sees everything and may replace secrets. */
export type MemberRole = 'owner' | 'member';

/** What somebody is in an application. */
export interface Membership {
  readonly application: Application;
  readonly role: MemberRole;
}

export interface Member {
  readonly userId: number;
  readonly email: string;
  readonly name: string;
  readonly role: MemberRole;
  readonly since: number;
}

/** Somebody is asked to join. The link that the mail carries has a secret, of which only the hash is here. */
export interface Invitation {
  readonly idHash: string;
  readonly applicationId: string;
  /** Only an account with this address can accept it. */
  readonly email: string;
  readonly role: MemberRole;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface Members {
  /** Owners first, then by when they joined. */
  list(applicationId: string): Promise<readonly Member[]>;
  /** What somebody is in an application; `undefined`: nothing. */
  roleOf(applicationId: string, userId: number): Promise<MemberRole | undefined>;
  /** An application, if the person is one of its members. */
  membershipOf(clientId: string, userId: number): Promise<Membership | undefined>;
  /** The applications of a person, oldest first. */
  applicationsOf(userId: number): Promise<readonly Membership[]>;
  /** A member who is added as an owner becomes one; an owner who is added as a member stays an owner. */
  add(member: {
    readonly applicationId: string;
    readonly userId: number;
    readonly role: MemberRole;
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<'added'>;
  /** `last_owner`: an application has an owner as long as it has members. */
  remove(removal: {
    readonly applicationId: string;
    readonly userId: number;
    readonly record: ChangeRecord;
  }): Promise<'removed' | 'unknown' | 'last_owner'>;
  /**
   * One owner hands over to another member, and becomes a member. `unknown`: one of them isn't what the transfer needs.
   */
  transfer(transfer: {
    readonly applicationId: string;
    readonly from: number;
    readonly to: number;
    readonly record: ChangeRecord;
  }): Promise<'transferred' | 'unknown'>;
  /** Replaces an earlier invitation to the same address for the same application. */
  invite(invitation: Invitation & { readonly record: ChangeRecord }): Promise<void>;
  /** Those that have not expired, oldest first. */
  invitations(applicationId: string, now: number): Promise<readonly Invitation[]>;
  findInvitation(idHash: string, now: number): Promise<Invitation | undefined>;
  /** Good once. `gone`: it was used, withdrawn, or is too old. */
  accept(acceptance: {
    readonly idHash: string;
    readonly userId: number;
    readonly email: string;
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<'accepted' | 'gone'>;
  withdrawInvitation(idHash: string, record: ChangeRecord): Promise<'withdrawn' | 'gone'>;
}
