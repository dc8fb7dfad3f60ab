import type { Origin } from '../audit.ts';
import type { ChangeRecord } from '../change-record.ts';
import type { Application } from './applications.ts';
import type { Code } from './codes.ts';
import type { FamilyMethod } from './families.ts';

/**
 * The permission that a user gave to an application. All token families and codes belong to one. A user has at most one
 * active authorization for each application.
 */
export interface Authorization {
  readonly id: string;
  readonly userId: number;
  readonly applicationId: string;
  readonly scope: string;
  /** How the user last gave it. */
  readonly method: FamilyMethod;
  /** The application's consent epoch when the user last pressed *Authorize*; `null`: the user never did. */
  readonly consentEpoch: number | null;
  readonly createdAt: number;
  /** When a token was last issued for it or used; `null`: never. Can be some seconds behind. */
  readonly lastUsedAt: number | null;
}

/** One row of *Connected applications*. */
export interface ConnectedApplication {
  readonly authorization: Authorization;
  readonly application: Pick<Application, 'id' | 'name' | 'ownerName' | 'website' | 'status'>;
}

export interface Authorizations {
  /** Finds the active authorization of this user for this application. */
  find(userId: number, applicationId: string): Promise<Authorization | undefined>;
  /**
   * Creates or renews the authorization of a user for an application, and adds a code under it, in one transaction.
   * Runs when the user presses *Authorize*, or when an earlier consent still counts.
   *
   * `gone`: the pending request is finished or expired. `refused`: the user is disabled, the application is suspended
   * or has another grant type, or it is a sandbox of another user. Both write nothing, and after `refused` the pending
   * request is still there.
   */
  grant(consent: {
    /** The ID of the authorization if a new one is created. */
    readonly newAuthorizationId: string;
    readonly consentEpoch: number;
    readonly code: Omit<Code, 'authorizationId'>;
    /** The `idHash` of the pending request that this finishes; `null`: there is none. */
    readonly pendingRequestHash: string | null;
    /**
     * Where *Authorize* was pressed, for the audit entry. `null`: an earlier consent counts, so nothing new is
     * permitted and no entry is written.
     */
    readonly origin: Origin | null;
    readonly now: number;
  }): Promise<'granted' | 'gone' | 'refused'>;
  /** Lists the active authorizations of the user, the most recently used first. */
  listConnected(userId: number): Promise<readonly ConnectedApplication[]>;
  /**
   * Revokes an authorization (*Disconnect*), and with it all its families, tokens and codes. `unknown`: there is no
   * active authorization with this ID and owner.
   */
  revoke(revocation: {
    readonly id: string;
    /** Only an authorization of this user is revoked; `null`: of any user. */
    readonly ownerId: number | null;
    readonly reason: 'disconnected' | 'refresh_replayed' | 'administrator';
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<'revoked' | 'unknown'>;
}
