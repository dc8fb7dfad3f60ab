import type { ChangeRecord } from '../../ports/change-record.ts';
import type { Application, ApplicationSecret, Applications } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import { cachedUntilCommit } from '../core/commit-cache.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import { type ApplicationChange, changeApplication, identityColumns, policyColumns } from './application-changes.ts';
import { applicationImpact, searchApplications } from './application-lists.ts';
import { revokeTokensOfApplication } from './application-revocation.ts';
import { applicationFrom } from './application-rows.ts';
import { insertApplication } from './new-application.ts';

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
    setGrantType: (clientId, grantType, record) =>
      change(clientId, { grant_type: grantType, grant_type_since: record.event.at }, record),
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
