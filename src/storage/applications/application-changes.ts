import type { Updateable } from 'kysely';
import type { ChangeRecord } from '../../ports/change-record.ts';
import type { Applications, Changed } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import type { ApplicationRow } from '../schema/applications.ts';
import { applicationFrom } from './application-rows.ts';
import { searchText } from './new-application.ts';

export function policyColumns(policy: Parameters<Applications['setPolicy']>[1]): Updateable<ApplicationRow> {
  return {
    access_token_seconds: policy.accessTokenSeconds,
    refresh_policy: policy.refreshPolicy,
    resource_server: policy.resourceServer === undefined ? undefined : Number(policy.resourceServer),
  };
}

export function identityColumns(identity: Parameters<Applications['setIdentity']>[1]): Updateable<ApplicationRow> {
  return {
    name: identity.name,
    owner_name: identity.ownerName,
    website: identity.website,
    redirect_uris: identity.redirectUris && JSON.stringify(identity.redirectUris),
  };
}

export interface ApplicationChange {
  readonly clientId: string;
  /** A column that is `undefined` keeps its value. */
  readonly set: Updateable<ApplicationRow>;
  readonly raisesConsentEpoch: boolean;
  readonly record: ChangeRecord;
}

/** Not prepared: each change sets other columns, and changes are rare. */
export const changeApplication = transaction(
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
