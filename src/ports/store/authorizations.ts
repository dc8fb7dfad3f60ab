import type { Origin } from '../audit.ts';
import type { ChangeRecord } from '../change-record.ts';
import type { Application } from './applications.ts';
import type { Code } from './codes.ts';
import type { FamilyMethod } from './families.ts';

/** A user's standing permission for one application. At most one is live for the two. */
export interface Authorization {
  readonly id: string;
  readonly userId: number;
  readonly applicationId: string;
  readonly scope: string;
  /** How it was last given. */
  readonly method: FamilyMethod;
  /** The application's consent epoch when the user last pressed Authorize; `null`: never pressed it. */
  readonly consentEpoch: number | null;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** One row of *Connected applications*. */
export interface ConnectedApplication {
  readonly authorization: Authorization;
  readonly application: Pick<Application, 'id' | 'name' | 'ownerName' | 'website' | 'status'>;
}

export interface Authorizations {
  /** The live one of the two, if any. */
  find(userId: number, applicationId: string): Promise<Authorization | undefined>;
  /**
   * *Authorize* was pressed, or the consent is remembered: makes or renews the one authorization and adds the code
   * under it, in one act. `finishes` is the pending request that this answers (`null` if there was none): if it is
   * finished or expired already, the answer is `gone` and nothing is written. `refused`: the user is disabled or the
   * application is not active with this grant type.
   */
  grant(consent: {
    readonly newAuthorizationId: string;
    readonly consentEpoch: number;
    readonly code: Omit<Code, 'authorizationId'>;
    readonly finishes: string | null;
    /**
     * Where *Authorize* was pressed, for the audit entry; `null`: the consent is remembered, and nothing new is
     * permitted.
     */
    readonly origin: Origin | null;
    readonly now: number;
  }): Promise<'granted' | 'gone' | 'refused'>;
  /** Live ones of the user, most recently used first. */
  listConnected(userId: number): Promise<readonly ConnectedApplication[]>;
  /**
   * Disconnects: ends the authorization with all its families and unused codes. `ownerId`: only if it is this user's
   * (`null`: whoever's). `unknown`: no live one of that owner.
   */
  revoke(revocation: {
    readonly id: string;
    readonly ownerId: number | null;
    readonly reason: 'disconnected' | 'refresh_replayed' | 'administrator';
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<'revoked' | 'unknown'>;
}
