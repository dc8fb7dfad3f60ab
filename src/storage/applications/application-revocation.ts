import type { Applications } from '../../ports/store/index.ts';
import { recordChange } from '../audit/change-record.ts';
import { revokeAllOfApplication } from '../authorizations/authorization-revocation.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';

type Revocation = Parameters<Applications['revokeAll']>[0];

const byClientId = query((db, params: BindParams<{ clientId: string }>) =>
  db.selectFrom('applications').select('id').where('client_id', '=', params.clientId),
);

export const revokeTokensOfApplication = transaction(
  'applications.revokeAll',
  { recorded: true },
  async (db: Connection, { clientId, now, record }: Revocation): Promise<number | 'unknown'> => {
    const application = await db.first(byClientId, { clientId });
    if (application === undefined) return 'unknown';
    const revoked = await revokeAllOfApplication(db, application.id, now);
    await recordChange(db, record);
    return revoked;
  },
);
