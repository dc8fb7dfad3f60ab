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
 * All state of the product.
 *
 * Every operation is one atomic act that says who won. There is no transaction to hold open and no check to make before
 * a write: a write names its conditions and answers what became of it. A write that was answered is durable.
 *
 * Any operation rejects with {@link StoreUnavailable} when the database can't be reached or can't write.
 * All times are milliseconds since 1970. All hashes are SHA-256 as base64url (43 characters).
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
  close(): Promise<void>;
}

/** The database can't be reached or can't write; nothing was done, or nothing that was acknowledged. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

export type * from '../listing.ts';
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
