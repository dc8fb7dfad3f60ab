import type { FamilyMethod, InitialGrant } from '../../ports/store/index.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';

interface Pair {
  readonly userId: number;
  readonly applicationId: string;
}

const permitted = query((db, params: BindParams<Pair & { grantType: InitialGrant }>) =>
  db
    .selectFrom(['users', 'applications'])
    .select('users.id')
    .where('users.id', '=', params.userId)
    .where('users.disabled_at', 'is', null)
    .where('applications.id', '=', params.applicationId)
    .where('applications.status', '=', 'active')
    .where((row) => row('users.id', '=', row.fn.coalesce('applications.sandbox_user_id', 'users.id')))
    .where('applications.grant_type', '=', params.grantType),
);

/**
 * Whether the user is enabled, and the application is active, has this grant type and is no sandbox of another user.
 */
export async function mayAuthorize(
  db: Connection,
  request: Pair & { readonly grantType: InitialGrant },
): Promise<boolean> {
  return (await db.first(permitted, request)) !== undefined;
}

interface Upsert extends Pair {
  /** The ID of the authorization if a new one is created. */
  readonly newAuthorizationId: string;
  readonly scope: string;
  readonly method: FamilyMethod;
  /** `null`: the epoch of an earlier consent stays. */
  readonly consentEpoch: number | null;
  readonly now: number;
}

const upsert = query((db, params: BindParams<Upsert>) =>
  db
    .insertInto('authorizations')
    .values({
      id: params.newAuthorizationId,
      user_id: params.userId,
      application_id: params.applicationId,
      scope: params.scope,
      method: params.method,
      consent_epoch: params.consentEpoch,
      created_at: params.now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'application_id'])
        .where('revoked_at', 'is', null)
        .doUpdateSet((row) => ({
          scope: row.ref('excluded.scope'),
          method: row.ref('excluded.method'),
          consent_epoch: row.fn.coalesce('excluded.consent_epoch', 'authorizations.consent_epoch'),
        })),
    )
    .returning('id'),
);

/**
 * Creates the authorization of the user for the application, or renews the active one, within a transaction. Returns
 * its ID.
 */
export async function upsertAuthorization(db: Connection, params: Upsert): Promise<string> {
  const row = await db.first(upsert, params);
  return row?.id ?? params.newAuthorizationId;
}
