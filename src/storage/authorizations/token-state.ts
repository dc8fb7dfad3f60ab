import type { Kysely } from 'kysely';
import type {
  AccessTokenState,
  PresentedRefreshToken,
  RefreshTokenState,
  RevocationCause,
} from '../../ports/store/index.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import type { Schema } from '../schema/tables.ts';
import { revocationCauseOf } from './revocation-cause.ts';

/*
 * The state of a presented token. Each API call and each refresh runs one of these queries, so each is a look-up by a
 * unique index with a few joins by key, whatever the size of the tables.
 */

const byAccessToken = query((db, params: BindParams<{ familyId: string; tokenId: string }>) =>
  familyRows(db)
    .innerJoin('applications', 'applications.id', 'authorizations.application_id')
    .leftJoin('revoked_access_tokens as revoked', (join) => join.on('revoked.token_id', '=', params.tokenId))
    .where('families.id', '=', params.familyId)
    .select([
      'users.email',
      'applications.client_id',
      'applications.status',
      'applications.sandbox_user_id',
      'revoked.token_id as revoked_token',
    ]),
);

export async function accessTokenState(db: Connection, familyId: string, tokenId: string) {
  const row = await db.first(byAccessToken, { familyId, tokenId });
  if (row === undefined) return undefined;
  const state: AccessTokenState = {
    familyId,
    authorizationId: row.authorization_id,
    userId: row.user_id,
    userEmail: row.email,
    applicationId: row.application_id,
    clientId: row.client_id,
    sandbox: row.sandbox_user_id !== null,
    scope: row.scope,
    revocationCause: accessTokenCause(row),
  };
  return state;
}

const byRefreshToken = query((db, params: BindParams<PresentedRefreshToken>) =>
  familyRows(db)
    .leftJoin('spent_refresh_hashes as rotated', (join) =>
      join.onRef('rotated.family_id', '=', 'families.id').on('rotated.hash', '=', params.hash),
    )
    .where('families.id', '=', params.familyId)
    .select([
      'families.created_at',
      'families.refresh_hash',
      'families.previous_hash',
      'families.sealed_successor',
      'families.evicted_at',
      'rotated.spent_at',
    ]),
);

export async function refreshTokenState(db: Connection, { familyId, hash }: PresentedRefreshToken) {
  const row = await db.first(byRefreshToken, { familyId, hash });
  const position = row && positionOf(hash, row);
  if (row === undefined || position === undefined) return undefined;
  const state: RefreshTokenState = {
    familyId,
    authorizationId: row.authorization_id,
    userId: row.user_id,
    applicationId: row.application_id,
    scope: row.scope,
    createdAt: row.created_at,
    position,
    replacedAt: row.spent_at,
    sealedSuccessor: row.sealed_successor,
    revocationCause: familyCause(row),
  };
  return state;
}

/** `undefined`: the family never had a refresh token with this hash. */
function positionOf(
  hash: string,
  family: {
    readonly refresh_hash: string;
    readonly previous_hash: string | null;
    readonly evicted_at: number | null;
    readonly spent_at: number | null;
  },
): RefreshTokenState['position'] | undefined {
  const isCurrent = hash === family.refresh_hash;
  if (!isCurrent && family.spent_at === null) return undefined;
  if (family.evicted_at !== null) return 'evicted';
  if (isCurrent) return 'current';
  return hash === family.previous_hash ? 'previous' : 'rotated';
}

interface FamilyRow {
  readonly family_revoked_at: number | null;
  readonly revoked_at: number | null;
  readonly revoked_reason: string | null;
  readonly disabled_at: number | null;
  readonly family_epoch: number | null;
  readonly user_epoch: number;
}

/** The authorization and user come first: when they are revoked, so are their families, and the wider cause counts. */
function familyCause(row: FamilyRow): RevocationCause | null {
  const cause = revocationCauseOf(row);
  if (cause !== null) return cause;
  // Also if the password changed between its check and the insert of the family: then the family was never valid.
  if (row.family_epoch !== null && row.family_epoch !== row.user_epoch) return 'password_changed';
  return row.family_revoked_at === null ? null : 'revoked';
}

function accessTokenCause(
  row: FamilyRow & { readonly status: string; readonly revoked_token: string | null },
): RevocationCause | null {
  const cause = familyCause(row);
  if (cause !== null) return cause;
  if (row.revoked_token !== null) return 'revoked';
  return row.status === 'active' ? null : 'application_suspended';
}

function familyRows(db: Kysely<Schema>) {
  return db
    .selectFrom('families')
    .innerJoin('authorizations', 'authorizations.id', 'families.authorization_id')
    .innerJoin('users', 'users.id', 'authorizations.user_id')
    .select([
      'families.authorization_id',
      'families.revoked_at as family_revoked_at',
      'authorizations.user_id',
      'authorizations.application_id',
      'authorizations.scope',
      'authorizations.revoked_at',
      'authorizations.revoked_reason',
      'users.disabled_at',
      'families.password_epoch as family_epoch',
      'users.password_epoch as user_epoch',
    ]);
}
