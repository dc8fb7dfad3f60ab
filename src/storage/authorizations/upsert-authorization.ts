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
 * Whether the user is not disabled, the application is active with this grant type, and no sandbox of somebody else.
 */
export async function mayAuthorize(db: Connection, who: Pair & { readonly grantType: InitialGrant }): Promise<boolean> {
  return (await db.first(permitted, who)) !== undefined;
}

interface Permission extends Pair {
  /** Of the authorization, if there is no live one of the two yet. */
  readonly newAuthorizationId: string;
  readonly scope: string;
  readonly method: FamilyMethod;
  /** `null`: what is known of an earlier consent stands. */
  readonly consentEpoch: number | null;
  readonly now: number;
}

const makeOrRenew = query((db, params: BindParams<Permission>) =>
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

/** Makes the one live authorization of the two, or renews it. Answers its id. */
export async function upsertAuthorization(db: Connection, permission: Permission): Promise<string> {
  const row = await db.first(makeOrRenew, permission);
  return row?.id ?? permission.newAuthorizationId;
}
