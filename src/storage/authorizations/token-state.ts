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
 * What a presented token rests on. Every API call and every refresh asks one of these, so each is a look-up by a unique
 * index and a few joins by key, whatever the size of the tables.
 */

const byAccessToken = query((db, params: BindParams<{ familyId: string; tokenId: string }>) =>
  activeRows(db)
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
  const ground: AccessTokenState = {
    familyId,
    authorizationId: row.authorization_id,
    userId: row.user_id,
    userEmail: row.email,
    applicationId: row.application_id,
    clientId: row.client_id,
    sandbox: row.sandbox_user_id !== null,
    scope: row.scope,
    endedBy: accessEnding(row),
  };
  return ground;
}

const byRefreshToken = query((db, params: BindParams<PresentedRefreshToken>) =>
  activeRows(db)
    .leftJoin('spent_refresh_hashes as spent', (join) =>
      join.onRef('spent.family_id', '=', 'families.id').on('spent.hash', '=', params.hash),
    )
    .where('families.id', '=', params.familyId)
    .select([
      'families.created_at',
      'families.refresh_hash',
      'families.previous_hash',
      'families.sealed_successor',
      'families.evicted_at',
      'spent.spent_at',
    ]),
);

export async function refreshTokenState(db: Connection, { familyId, hash }: PresentedRefreshToken) {
  const row = await db.first(byRefreshToken, { familyId, hash });
  const position = row && positionOf(hash, row);
  if (row === undefined || position === undefined) return undefined;
  const ground: RefreshTokenState = {
    familyId,
    authorizationId: row.authorization_id,
    userId: row.user_id,
    applicationId: row.application_id,
    scope: row.scope,
    createdAt: row.created_at,
    position,
    replacedAt: row.spent_at,
    sealedSuccessor: row.sealed_successor,
    endedBy: familyEnding(row),
  };
  return ground;
}

/** `undefined`: no token of this family has or had this digest. */
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

/** The widest reason first: a disconnected authorization revokes its families too. */
function familyEnding(row: FamilyRow): RevocationCause | null {
  const ending = revocationCauseOf(row);
  if (ending !== null) return ending;
  // A password that was changed between its check and the start of the family leaves a family that never was active.
  if (row.family_epoch !== null && row.family_epoch !== row.user_epoch) return 'password_changed';
  return row.family_revoked_at === null ? null : 'revoked';
}

function accessEnding(
  row: FamilyRow & { readonly status: string; readonly revoked_token: string | null },
): RevocationCause | null {
  const ending = familyEnding(row);
  if (ending !== null) return ending;
  if (row.revoked_token !== null) return 'revoked';
  return row.status === 'active' ? null : 'application_suspended';
}

function activeRows(db: Kysely<Schema>) {
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
