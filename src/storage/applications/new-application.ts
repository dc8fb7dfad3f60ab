import type { Application, NewApplication } from '../../ports/store/index.ts';
import { foldCase } from '../core/case-folding.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import type { ApplicationRow } from '../schema/applications.ts';
import { applicationFrom } from './application-rows.ts';

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
    grant_type_since: 0,
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

/** The case-folded text in which `search` looks. */
export function searchText(row: {
  readonly name: string;
  readonly ownerName: string;
  readonly clientId: string;
}): string {
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
