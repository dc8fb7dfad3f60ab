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
 * The rows of each table, as both databases have them. Times are milliseconds since 1970, truth values are 0 and 1, and
 * texts that end in `_folded` are what `fold` makes of their neighbour, so that both databases compare without case in
 * the same way. What else is said of each table is in tables.ts.
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
  /** Names and address, for the search. */
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
  /** When the password was last asked for. */
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
  /** The one user it may act for; `null`: everybody. */
  readonly sandbox_user_id: number | null;
  /** Name, owner and client id, for the search. */
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
  /** Since when it is to retire once it is not used for a day. */
  readonly idle_since: number | null;
}

/** A finished request has no row any more. */
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
  /** The user's, for a log-in by password; `null` for a consent. */
  readonly password_epoch: number | null;
  readonly refresh_hash: string;
  readonly previous_hash: string | null;
  readonly sealed_successor: string | null;
  readonly created_at: number;
  readonly last_used_at: number;
  /** When its newest access token expires. */
  readonly access_expires_at: number;
  readonly revoked_at: number | null;
  /** When newer families of the same authorization took its place; its access tokens live on. */
  readonly evicted_at: number | null;
}

/** Every refresh token that was replaced by a rotation, the one before the current included. */
export interface SpentRefreshHashRow {
  readonly hash: string;
  readonly family_id: string;
  /** 0: before this was noted. */
  readonly spent_at: number;
}

export interface RevokedAccessTokenRow {
  readonly token_id: string;
  readonly expires_at: number;
}

/** A leaky bucket, told by the one time at which it will have leaked empty. */
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

/** A list of devices that was read, and waits to be registered as a whole. */
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
  /** Not before then it is tried; for a claimed one, when the claim ends. */
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
}

/** One row: where the chain of audit events ends. */
export interface AuditHeadRow {
  readonly id: number;
  /** Of the last entry. */
  readonly hash: string;
  /** 0: there is none yet. */
  readonly entry_id: number;
  readonly entries: number;
}

/** A key that protects access tokens, or did. */
export interface RingKeyRow {
  /** From 1, in the order in which the keys were first used. */
  readonly place: number;
  readonly key_id: number;
  readonly fingerprint: string;
  readonly first_used_at: number;
}

/** One row that is written to learn whether a write can be done. */
export interface HealthCheckRow {
  readonly id: number;
  readonly checks: number;
}

export interface MigrationRow {
  readonly name: string;
  readonly applied_at: number;
}
