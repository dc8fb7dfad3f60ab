import type { ChangeRecord } from '../../ports/change-record.ts';
import { recordChange } from '../audit/change-record.ts';
import { revokeAllOfUser } from '../authorizations/authorization-revocation.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';

const deleteSessions = query((db, params: BindParams<{ userId: number }>) =>
  db.deleteFrom('sessions').where('user_id', '=', params.userId),
);

export const deleteSessionsOf = transaction(
  'users.endSessions',
  { recorded: true },
  async (
    db: Connection,
    { userId, record }: { readonly userId: number; readonly record: ChangeRecord },
  ): Promise<number> => {
    const closed = await db.changed(deleteSessions, { userId });
    await recordChange(db, record);
    return closed;
  },
);

interface Revocation {
  readonly userId: number;
  readonly now: number;
  readonly record: ChangeRecord;
}

export const revokeAuthorizationsOf = transaction(
  'users.endAuthorizations',
  { recorded: true },
  async (db: Connection, { userId, now, record }: Revocation): Promise<number> => {
    const revoked = await revokeAllOfUser(db, userId, now);
    await recordChange(db, record);
    return revoked;
  },
);
