import type { Applications } from '../../ports/store/index.ts';
import { keepNote } from '../audit/change-record.ts';
import { endAllOfApplication } from '../authorizations/authorization-revocation.ts';
import type { Connection } from '../core/engine.ts';
import { type Given, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';

type Revocation = Parameters<Applications['revokeAll']>[0];

const byClientId = query((db, given: Given<{ clientId: string }>) =>
  db.selectFrom('applications').select('id').where('client_id', '=', given.clientId),
);

export const revokeAllOf = transaction(
  'applications.revokeAll',
  { recorded: true },
  async (db: Connection, { clientId, now, note }: Revocation): Promise<number | 'unknown'> => {
    const application = await db.first(byClientId, { clientId });
    if (application === undefined) return 'unknown';
    const ended = await endAllOfApplication(db, application.id, now);
    await keepNote(db, note);
    return ended;
  },
);
