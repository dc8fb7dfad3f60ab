import type { Updateable } from 'kysely';
import type { ChangeRecord } from '../../ports/change-record.ts';
import type { Application, ApplicationSecret, Applications, Changed, NewApplication } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import { foldCase } from '../core/case-folding.ts';
import { cachedUntilCommit } from '../core/commit-cache.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import type { ApplicationRow } from '../schema/rows.ts';
import { applicationImpact, searchApplications } from './application-lists.ts';
import { revokeTokensOfApplication } from './application-revocation.ts';
import { applicationFrom } from './application-rows.ts';

export function applications(engine: Engine): Applications {
  const change = (clientId: string, set: ApplicationChange['set'], record: ChangeRecord, raisesConsentEpoch = false) =>
    engine.transact(changeApplication, { clientId, set, raisesConsentEpoch, record });
  return {
    create: (application) => engine.transact(registerApplication, application),
    findByClientId: cachedUntilCommit(engine, async (clientId) => {
      const rows = await engine.rows(withSecrets, { clientId });
      return rows[0] && { application: applicationFrom(rows[0]), secrets: rows.flatMap(secretFrom) };
    }),
    find: async (id) => {
      const row = await engine.first(byId, { id });
      return row && applicationFrom(row);
    },
    list: async () => (await engine.rows(oldestFirst, {})).map(applicationFrom),
    search: (search) => searchApplications(engine, search),
    impact: (id) => applicationImpact(engine, id),
    setGrantType: (clientId, grantType, record) => change(clientId, { grant_type: grantType }, record),
    setStatus: (clientId, status, record) => change(clientId, { status }, record),
    revokeAll: (revocation) => engine.transact(revokeTokensOfApplication, revocation),
    setPolicy: (clientId, policy, record) => change(clientId, policyColumns(policy), record),
    setIdentity: (clientId, identity, record) => change(clientId, identityColumns(identity), record, true),
  };
}

const byId = query((db, params: BindParams<{ id: string }>) =>
  db.selectFrom('applications').selectAll().where('id', '=', params.id),
);

const oldestFirst = query((db) => db.selectFrom('applications').selectAll().orderBy('created_at').orderBy('id'));

/** One row for each secret; for an application without secrets, one row whose secret columns are `null`. */
const withSecrets = query((db, params: BindParams<{ clientId: string }>) =>
  db
    .selectFrom('applications')
    .leftJoin('application_secrets as secrets', 'secrets.application_id', 'applications.id')
    .selectAll('applications')
    .select([
      'secrets.id as secret_id',
      'secrets.hash as secret_hash',
      'secrets.last_four as secret_last_four',
      'secrets.created_at as secret_created_at',
      'secrets.retires_at as secret_retires_at',
    ])
    .where('applications.client_id', '=', params.clientId)
    .orderBy('secrets.created_at')
    .orderBy('secrets.id'),
);

interface SecretColumns {
  readonly secret_id: string | null;
  readonly secret_hash: string | null;
  readonly secret_last_four: string | null;
  readonly secret_created_at: number | null;
  readonly secret_retires_at: number | null;
}

function secretFrom(row: SecretColumns): ApplicationSecret[] {
  if (row.secret_id === null || row.secret_hash === null) return [];
  return [
    {
      id: row.secret_id,
      hash: row.secret_hash,
      lastFour: row.secret_last_four ?? '',
      createdAt: row.secret_created_at ?? 0,
      validUntil: row.secret_retires_at,
    },
  ];
}

/** Adds an application with its secret within a transaction, which stores the audit entry itself. */
export async function insertApplication(db: Connection, application: NewApplication): Promise<Application> {
  const { secret, now } = application;
  const row: ApplicationRow = {
    id: application.id,
    client_id: application.clientId,
    name: application.name,
    owner_name: application.ownerName,
    website: application.website,
    grant_type: application.grantType,
    redirect_uris: JSON.stringify(application.redirectUris),
    confidential: Number(application.confidential),
    access_token_seconds: application.accessTokenSeconds,
    refresh_policy: application.refreshPolicy,
    status: 'active',
    resource_server: Number(application.resourceServer),
    consent_epoch: 1,
    created_at: now,
    sandbox_user_id: application.sandboxUserId,
    search_folded: searchText(application),
  };
  await db.rows(
    query((queries) => queries.insertInto('applications').values(row)),
    {},
  );
  if (secret !== null) await db.rows(insertSecret, { ...secret, applicationId: row.id, now });
  return applicationFrom(row);
}

type Registration = Parameters<Applications['create']>[0];

const registerApplication = transaction(
  'applications.create',
  { recorded: true },
  async (db: Connection, { record, ...application }: Registration): Promise<Application> => {
    const created = await insertApplication(db, application);
    await recordChange(db, record);
    return created;
  },
);

function searchText(row: { readonly name: string; readonly ownerName: string; readonly clientId: string }): string {
  return foldCase(`${row.name} ${row.ownerName} ${row.clientId}`);
}

type NewSecret = NonNullable<NewApplication['secret']> & { readonly applicationId: string; readonly now: number };

const insertSecret = query((db, params: BindParams<NewSecret>) =>
  db.insertInto('application_secrets').values({
    id: params.id,
    application_id: params.applicationId,
    hash: params.hash,
    last_four: params.lastFour,
    created_at: params.now,
  }),
);

function policyColumns(policy: Parameters<Applications['setPolicy']>[1]): Updateable<ApplicationRow> {
  return {
    access_token_seconds: policy.accessTokenSeconds,
    refresh_policy: policy.refreshPolicy,
    resource_server: policy.resourceServer === undefined ? undefined : Number(policy.resourceServer),
  };
}

function identityColumns(identity: Parameters<Applications['setIdentity']>[1]): Updateable<ApplicationRow> {
  return {
    name: identity.name,
    owner_name: identity.ownerName,
    website: identity.website,
    redirect_uris: identity.redirectUris && JSON.stringify(identity.redirectUris),
  };
}

interface ApplicationChange {
  readonly clientId: string;
  /** A column that is `undefined` keeps its value. */
  readonly set: Updateable<ApplicationRow>;
  readonly raisesConsentEpoch: boolean;
  readonly record: ChangeRecord;
}

/** Not prepared: each change sets other columns, and changes are rare. */
const changeApplication = transaction(
  'applications.change',
  { recorded: true },
  async (db: Connection, change: ApplicationChange): Promise<Changed> => {
    const update = query((queries) =>
      queries
        .updateTable('applications')
        .set(change.set)
        .set((row) => ({ consent_epoch: row('consent_epoch', '+', row.lit(change.raisesConsentEpoch ? 1 : 0)) }))
        .where('client_id', '=', change.clientId)
        .returningAll(),
    );
    const changed = await db.first(update, {});
    if (changed === undefined) return 'unknown';
    // The searched text consists of name, owner and client ID: only a change of identity affects it.
    if (change.raisesConsentEpoch) {
      await db.rows(setSearchText, { id: changed.id, text: searchText(applicationFrom(changed)) });
    }
    await recordChange(db, change.record);
    return 'changed';
  },
);

const setSearchText = query((db, params: BindParams<{ id: string; text: string }>) =>
  db.updateTable('applications').set({ search_folded: params.text }).where('id', '=', params.id),
);
