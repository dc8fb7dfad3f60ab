import type { Applications } from './applications.ts';
import type { AuditLog } from './audit.ts';
import type { Authorizations } from './authorizations.ts';
import type { Codes } from './codes.ts';
import type { Devices } from './devices.ts';
import type { Families } from './families.ts';
import type { GrantChanges } from './grant-changes.ts';
import type { Mails } from './mails.ts';
import type { Maintenance } from './maintenance.ts';
import type { Members } from './members.ts';
import type { PendingRequests } from './pending-requests.ts';
import type { RefusedRequests, Traffic } from './refused-requests.ts';
import type { Registrations } from './registrations.ts';
import type { RingKeys } from './ring-keys.ts';
import type { Secrets } from './secrets.ts';
import type { Sessions } from './sessions.ts';
import type { Throttles } from './throttles.ts';
import type { Users } from './users.ts';

/**
 * The database, by aggregate.
 *
 * Each method is one transaction. A caller can't hold a transaction open, and does not check anything before a write: a
 * write names its conditions and returns its outcome, such as `won` or `lost`. Once it has returned, it is durable.
 *
 * Unless a member says otherwise:
 * - Times are in ms since 1970-01-01T00:00:00Z; `now` is the current time, from the caller's clock.
 * - Hashes of random texts (IDs, secrets, refresh tokens) are SHA-256 as base64url, 43 characters.
 * - `undefined` from a `find…` means that there is no such row.
 * - `record` is the audit entry and the emails of the change. They are stored only if the change is made.
 *
 * Each method rejects with {@link StoreUnavailable} when the database can't be reached or can't write.
 */
export interface Store {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly applications: Applications;
  readonly pendingRequests: PendingRequests;
  readonly authorizations: Authorizations;
  readonly codes: Codes;
  readonly families: Families;
  readonly throttles: Throttles;
  readonly devices: Devices;
  readonly mails: Mails;
  readonly registrations: Registrations;
  readonly members: Members;
  readonly secrets: Secrets;
  readonly grantChanges: GrantChanges;
  readonly refusedRequests: RefusedRequests;
  readonly traffic: Traffic;
  readonly ringKeys: RingKeys;
  readonly audit: AuditLog;
  readonly maintenance: Maintenance;
  /** Finishes the methods that were called before, and closes the database. Later calls are rejected. */
  close(): Promise<void>;
}

/**
 * The database can't be reached or can't write. A read returned nothing; a write was not made, or its outcome is
 * unknown.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

export type * from '../listing.ts';
export type * from '../registration-form.ts';
export type * from './applications.ts';
export type * from './audit.ts';
export type * from './authorizations.ts';
export type * from './codes.ts';
export type * from './devices.ts';
export type * from './families.ts';
export type * from './grant-changes.ts';
export type * from './mails.ts';
export type * from './maintenance.ts';
export type * from './members.ts';
export type * from './pending-requests.ts';
export type * from './refused-requests.ts';
export type * from './registrations.ts';
export type * from './ring-keys.ts';
export type * from './secrets.ts';
export type * from './sessions.ts';
export type * from './throttles.ts';
export type * from './users.ts';
