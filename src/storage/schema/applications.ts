import { type Generated, sql } from 'kysely';
import type { Application, GrantChangeState, InitialGrant, MemberRole, RefusedAt } from '../../ports/store/index.ts';
import { day, daysBefore, purgeExpired } from './purge-rules.ts';
import { table } from './table.ts';

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
  /** When the grant type was switched last, in ms since 1970; 0: never. */
  readonly grant_type_since: number;
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

export const applicationTables = {
  applications: table<ApplicationRow>({ purge: { never: 'The audit log names applications by their client ID' } }),
  application_secrets: table<ApplicationSecretRow>({ purge: { never: 'People create them one by one, and few' } }),
  application_members: table<MemberRow>({ purge: { never: 'They are in effect until they are removed' } }),
  application_invitations: table<InvitationRow>({ purge: { by: 'id_hash', when: [purgeExpired] } }),
  grant_changes: table<GrantChangeRow>({ purge: { never: 'They are the history of an application, and few' } }),
  refusals: table<RefusedRequestRow>({ purge: { by: 'id', when: [(now) => sql`at <= ${daysBefore(now, 30)}`] } }),
  application_days: table<ApplicationDayRow>({
    purge: { by: 'day', when: [(now) => sql`day <= ${daysBefore(now, 400)} / ${sql.lit(day)}`] },
  }),
};
