import type { Selectable } from 'kysely';
import type { Authorization, Authorizations, ConnectedApplication } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { abort, transaction } from '../core/transaction.ts';
import type { AuthorizationRow } from '../schema/authorizations.ts';
import { finishRequest } from './pending-requests.ts';
import { mayAuthorize, upsertAuthorization } from './upsert-authorization.ts';

export function authorizations(engine: Engine): Authorizations {
  return {
    find: async (userId, applicationId) => {
      const row = await engine.first(activeOf, { userId, applicationId });
      return row && authorizationFrom(row);
    },
    grant: (consent) => engine.transact(grantConsent, consent),
    listConnected: async (userId) => (await engine.rows(activeOfUser, { userId })).map(connectedFrom),
    revoke: (revocation) => engine.transact(revokeAuthorization, revocation),
  };
}

function authorizationFrom(row: Selectable<AuthorizationRow>): Authorization {
  return {
    id: row.id,
    userId: row.user_id,
    applicationId: row.application_id,
    scope: row.scope,
    method: row.method,
    consentEpoch: row.consent_epoch,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  };
}

const activeOf = query((db, params: BindParams<{ userId: number; applicationId: string }>) =>
  db
    .selectFrom('authorizations')
    .selectAll()
    .where('user_id', '=', params.userId)
    .where('application_id', '=', params.applicationId)
    .where('revoked_at', 'is', null),
);

const activeOfUser = query((db, params: BindParams<{ userId: number }>) =>
  db
    .selectFrom('authorizations')
    .innerJoin('applications', 'applications.id', 'authorizations.application_id')
    .selectAll('authorizations')
    .select(['applications.name', 'applications.owner_name', 'applications.website', 'applications.status'])
    .where('authorizations.user_id', '=', params.userId)
    .where('authorizations.revoked_at', 'is', null)
    .orderBy((row) => row.fn.coalesce('authorizations.last_used_at', 'authorizations.created_at'), 'desc')
    .orderBy('authorizations.id', 'desc'),
);

type ConnectedRow = Selectable<AuthorizationRow> & {
  readonly name: string;
  readonly owner_name: string;
  readonly website: string | null;
  readonly status: ConnectedApplication['application']['status'];
};

function connectedFrom(row: ConnectedRow): ConnectedApplication {
  const { application_id: id, name, owner_name: ownerName, website, status } = row;
  return { authorization: authorizationFrom(row), application: { id, name, ownerName, website, status } };
}

type Consent = Parameters<Authorizations['grant']>[0];

const insertCode = query((db, params: BindParams<Consent['code'] & { authorizationId: string }>) =>
  db.insertInto('codes').values({
    hash: params.hash,
    authorization_id: params.authorizationId,
    application_id: params.applicationId,
    user_id: params.userId,
    redirect_uri: params.redirectUri,
    scope: params.scope,
    code_challenge: params.codeChallenge,
    created_at: params.createdAt,
    expires_at: params.expiresAt,
  }),
);

const grantConsent = transaction(
  'authorizations.grant',
  { recorded: true },
  async (db: Connection, consent: Consent): ReturnType<Authorizations['grant']> => {
    const { code, pendingRequestHash, origin, now } = consent;
    if (pendingRequestHash !== null && !(await finishRequest(db, { idHash: pendingRequestHash, now }))) return 'gone';
    if (!(await mayAuthorize(db, { ...code, grantType: 'authorization_code' }))) return abort('refused');
    const authorizationId = await upsertAuthorization(db, { ...consent, ...code, method: 'consent' });
    await db.rows(insertCode, { ...code, authorizationId });
    if (origin !== null) {
      const actor = { kind: 'user', id: code.userId } as const;
      const subject = `authorization:${authorizationId}`;
      await recordChange(db, { event: { at: now, actor, action: 'authorization.granted', subject, ...origin } });
    }
    return 'granted';
  },
);

type Revocation = Parameters<Authorizations['revoke']>[0];

const revoke = query((db, params: BindParams<Omit<Revocation, 'record'>>) =>
  db
    .updateTable('authorizations')
    .set({ revoked_at: params.now, revoked_reason: params.reason })
    .where('id', '=', params.id)
    .where('revoked_at', 'is', null)
    .where((row) => row('user_id', '=', row.fn.coalesce(params.ownerId, 'user_id'))),
);

// Skips evicted families: the revoked authorization makes their tokens invalid, and they are purged as evicted ones.
const revokeFamilies = query((db, params: BindParams<Omit<Revocation, 'record'>>) =>
  db
    .updateTable('families')
    .set({ revoked_at: params.now })
    .where('authorization_id', '=', params.id)
    .where('revoked_at', 'is', null)
    .where('evicted_at', 'is', null),
);

/** Leaves its codes as they are: a code can only be redeemed while its authorization is active. */
const revokeAuthorization = transaction(
  'authorizations.revoke',
  { recorded: true },
  async (db: Connection, revocation: Revocation): Promise<'revoked' | 'unknown'> => {
    if ((await db.changed(revoke, revocation)) === 0) return 'unknown';
    await db.rows(revokeFamilies, revocation);
    await recordChange(db, revocation.record);
    return 'revoked';
  },
);
