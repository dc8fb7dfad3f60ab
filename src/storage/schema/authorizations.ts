import { sql } from 'kysely';
import type { FamilyMethod } from '../../ports/store/index.ts';
import { type Condition, purgeExpired } from './purge-rules.ts';
import { table } from './table.ts';

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

// Both wait until the last access token expires: the tokens of an evicted family are still valid, and for those of a
// revoked one the row holds the cause and the application of the refusal.
const revokedBefore: Condition = (now) => sql`revoked_at is not null and access_expires_at <= ${now}`;
const evictedBefore: Condition = (now) => sql`evicted_at is not null and access_expires_at <= ${now}`;

// A replay of a redeemed code revokes its family, so the code is kept until the family's last access token expires.
const whileTokensAreValid = sql<number | null>`(
  select access_expires_at from families where families.id = codes.family_id and families.revoked_at is null)`;

export const authorizationTables = {
  pending_requests: table<PendingRequestRow>({ purge: { by: 'id_hash', when: [purgeExpired] } }),
  authorizations: table<AuthorizationRow>({ purge: { never: 'They are the record of what users have permitted' } }),
  codes: table<CodeRow>({ purge: { by: 'hash', when: [purgeExpired], keepUntil: whileTokensAreValid } }),
  families: table<FamilyRow>({ purge: { by: 'id', when: [revokedBefore, evictedBefore] } }),
  spent_refresh_hashes: table<SpentRefreshHashRow>({ purge: { with: 'families' } }),
  revoked_access_tokens: table<RevokedAccessTokenRow>({ purge: { by: 'token_id', when: [purgeExpired] } }),
};
