import type { Generated } from 'kysely';
import type { Actor } from '../../ports/audit.ts';
import type {
  AdministratorRole,
  Application,
  FamilyMethod,
  GrantChangeState,
  InitialGrant,
  MailState,
  MemberRole,
  MessageKind,
  RefusedAt,
  RegistrationState,
} from '../../ports/store/index.ts';

/*
 * The rows of each table, the same in both databases. Times are milliseconds since 1970, booleans are 0 and 1. A column
 * `x_folded` is `foldCase` of the column `x`, so that both databases ignore case in the same way. The other properties
 * of each table are in tables.ts.
 */

export interface UserRow {
  readonly id: Generated<number>;
  readonly email: string;
  readonly password_hash: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly staff_role: AdministratorRole | null;
  readonly created_at: number;
  readonly disabled_at: number | null;
  readonly password_epoch: Generated<number>;
  /** `foldCase` of the names and the email address, for the search. */
  readonly search_folded: string;
}

export interface SessionRow {
  readonly id_hash: string;
  readonly password_epoch: number;
  readonly user_id: number;
  readonly created_at: number;
  readonly expires_at: number;
  readonly address: string;
  readonly user_agent: string;
  /** When the user last entered their password. */
  readonly confirmed_at: number;
}

export interface ApplicationRow {
  readonly id: string;
  readonly client_id: string;
  readonly name: string;
  readonly owner_name: string;
  readonly website: string | null;
  readonly grant_type: Application['grantType'];
  /** A JSON array of strings. */
  readonly redirect_uris: string;
  readonly confidential: number;
  readonly access_token_seconds: number | null;
  readonly refresh_policy: Application['refreshPolicy'];
  readonly status: Application['status'];
  readonly resource_server: number;
  readonly consent_epoch: number;
  readonly created_at: number;
  /** The only user that a sandbox may act for; `null`: any user. */
  readonly sandbox_user_id: number | null;
  /** `foldCase` of the name, the owner and the client ID, for the search. */
  readonly search_folded: string;
}

export interface ApplicationSecretRow {
  readonly id: string;
  readonly application_id: string;
  readonly hash: string;
  readonly last_four: string;
  readonly created_at: number;
  readonly retires_at: number | null;
  readonly last_used_at: number | null;
  /** Since when it is revoked as soon as it was not used for a day; `null`: it is not. */
  readonly idle_since: number | null;
}

/** An authorization request that waits for the user. Its row is deleted when it is finished. */
export interface PendingRequestRow {
  readonly id_hash: string;
  readonly query: string;
  readonly created_at: number;
  readonly expires_at: number;
}

export interface AuthorizationRow {
  readonly id: string;
  readonly user_id: number;
  readonly application_id: string;
  readonly scope: string;
  readonly method: FamilyMethod;
  readonly consent_epoch: number | null;
  readonly created_at: number;
  readonly last_used_at: number | null;
  readonly revoked_at: number | null;
  readonly revoked_reason: string | null;
}

export interface CodeRow {
  readonly hash: string;
  readonly authorization_id: string;
  readonly application_id: string;
  readonly user_id: number;
  readonly redirect_uri: string;
  readonly scope: string;
  readonly code_challenge: string | null;
  readonly created_at: number;
  readonly expires_at: number;
  readonly redeemed_at: number | null;
  readonly family_id: string | null;
  readonly burned_at: number | null;
}

export interface FamilyRow {
  readonly id: string;
  readonly authorization_id: string;
  readonly method: FamilyMethod;
  /** The user's epoch at a login by password; `null` for a consent. */
  readonly password_epoch: number | null;
  readonly refresh_hash: string;
  readonly previous_hash: string | null;
  /** The current refresh token, encrypted: for a client that repeats the rotation because it missed the response. */
  readonly sealed_successor: string | null;
  readonly created_at: number;
  readonly last_used_at: number;
  /** When its newest access token expires. */
  readonly access_expires_at: number;
  readonly revoked_at: number | null;
  /** When newer families of the authorization evicted it: no more refreshes, but its access tokens stay valid. */
  readonly evicted_at: number | null;
}

/** A refresh token that a rotation has replaced, including the previous one of each family. */
export interface SpentRefreshHashRow {
  readonly hash: string;
  readonly family_id: string;
  /** When it was replaced; 0: before migration 0009. */
  readonly spent_at: number;
}

export interface RevokedAccessTokenRow {
  readonly token_id: string;
  readonly expires_at: number;
}

/** A leaky bucket, stored as the time at which it will be empty. */
export interface ThrottleRow {
  readonly key: string;
  readonly empty_at: number;
  readonly trusted_until: number;
}

export interface DeviceRow {
  readonly id: Generated<number>;
  readonly serial_number: string;
  readonly serial_number_folded: string;
  readonly device_name: string;
  readonly device_name_folded: string;
  readonly created_at: number;
}

export interface DeviceOwnershipRow {
  readonly id: Generated<number>;
  readonly device_id: number;
  readonly user_id: number;
  readonly start_time: number;
  readonly end_time: number;
  readonly custom_name: string;
  readonly custom_name_folded: string;
}

/** An uploaded list of devices, until it is registered as a whole. */
export interface DeviceImportRow {
  readonly id: string;
  readonly created_at: number;
  readonly created_by: number | null;
}

export interface ImportedDeviceRow {
  readonly import_id: string;
  readonly serial_number: string;
  readonly serial_number_folded: string;
  readonly device_name: string;
  readonly device_name_folded: string;
}

export interface MailRow {
  readonly id: Generated<number>;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly state: MailState;
  readonly created_at: number;
  /** When the next attempt is due; of a claimed mail, when the claim ends; of a finished one, when it ended. */
  readonly due_at: number;
  readonly attempts: number;
  readonly sent_at: number | null;
  readonly last_error: string | null;
}

export interface RegistrationRow {
  readonly id: string;
  readonly owner_id: number;
  readonly state: RegistrationState;
  /** A JSON object. */
  readonly answers: string;
  readonly version: number;
  readonly created_at: number;
  readonly updated_at: number;
  readonly submitted_at: number | null;
  readonly application_id: string | null;
  readonly sandbox_id: string | null;
}

export interface RegistrationMessageRow {
  readonly id: Generated<number>;
  readonly registration_id: string;
  readonly at: number;
  readonly author_id: number | null;
  readonly side: 'owner' | 'staff';
  readonly kind: MessageKind;
  readonly field: string | null;
  readonly text: string;
  readonly state: string | null;
}

export interface MemberRow {
  readonly application_id: string;
  readonly user_id: number;
  readonly role: MemberRole;
  readonly since: number;
}

export interface InvitationRow {
  readonly id_hash: string;
  readonly application_id: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly created_at: number;
  readonly expires_at: number;
}

export interface GrantChangeRow {
  readonly id: string;
  readonly application_id: string;
  readonly from_type: InitialGrant;
  readonly to_type: InitialGrant;
  readonly reason: string;
  readonly state: GrantChangeState;
  readonly created_at: number;
  readonly due_at: number | null;
  readonly done_at: number | null;
}

export interface RefusedRequestRow {
  readonly id: Generated<number>;
  readonly application_id: string;
  readonly at: number;
  readonly request_id: string;
  readonly endpoint: RefusedAt;
  readonly status: number;
  readonly error: string;
  readonly cause: string;
  /** A JSON array of strings. */
  readonly expected: string;
  readonly received: string | null;
}

export interface ApplicationDayRow {
  readonly application_id: string;
  /** Days since 1970, UTC. */
  readonly day: number;
  readonly requests: number;
  readonly errors: number;
}

export interface AuditEventRow {
  readonly id: Generated<number>;
  readonly at: number;
  readonly actor_kind: Actor['kind'];
  readonly actor_id: string | null;
  readonly action: string;
  readonly subject: string;
  readonly address: string | null;
  /** A JSON object, as are the next two. */
  readonly detail: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly hash: string;
  /** No two entries have the same: the chain has no forks. */
  readonly previous_hash: string;
  /** The name of the key that authenticates the entry; `null`: none, in entries from before migration 0016. */
  readonly key: string | null;
  /** The message authentication code of `hash` under `key`. */
  readonly mac: string | null;
}

/** The end of the chain of audit events. The table has one row. */
export interface AuditHeadRow {
  readonly id: number;
  /** The hash of the last entry. */
  readonly hash: string;
  /** The id of the last entry; 0: there is none. */
  readonly entry_id: number;
  /** The number of entries. */
  readonly entries: number;
  /** The key of the last entry; `null`: no entry has one yet. */
  readonly key: string | null;
}

/** A key of the ring that protects access tokens or once did. */
export interface RingKeyRow {
  /** From 1, in the order in which the keys were first used; the last one is the signing key. */
  readonly place: number;
  readonly key_id: number;
  readonly fingerprint: string;
  readonly first_used_at: number;
}

/** A row that is written to check whether writes succeed. The table has one row. */
export interface HealthCheckRow {
  readonly id: number;
  readonly checks: number;
}

export interface MigrationRow {
  readonly name: string;
  readonly applied_at: number;
}
