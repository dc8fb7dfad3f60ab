import type { Selectable } from 'kysely';
import type { Application } from '../../ports/store/index.ts';
import type { ApplicationRow } from '../schema/applications.ts';

export function applicationFrom(row: Selectable<ApplicationRow>): Application {
  return {
    id: row.id,
    clientId: row.client_id,
    name: row.name,
    ownerName: row.owner_name,
    website: row.website,
    grantType: row.grant_type,
    redirectUris: JSON.parse(row.redirect_uris),
    confidential: row.confidential === 1,
    accessTokenSeconds: row.access_token_seconds,
    refreshPolicy: row.refresh_policy,
    status: row.status,
    resourceServer: row.resource_server === 1,
    consentEpoch: row.consent_epoch,
    createdAt: row.created_at,
    sandboxUserId: row.sandbox_user_id,
  };
}
