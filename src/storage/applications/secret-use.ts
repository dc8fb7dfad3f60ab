import type { AuditEvent } from '../../ports/audit.ts';
import { recordChange } from '../audit/change-record.ts';
import type { Connection } from '../core/engine.ts';
import { greatest } from '../core/greatest.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';

interface Use {
  readonly secretId: string;
  readonly usedAt: number;
}

const recordUse = query((db, params: BindParams<Use>) =>
  db
    .updateTable('application_secrets')
    .set((row) => ({ last_used_at: greatest(row.ref('last_used_at'), params.usedAt) }))
    .where('id', '=', params.secretId),
);

/** Writes its rows in one order, so that parallel transactions wait for each other instead of deadlocking. */
export const touchSecrets = transaction(
  'secrets.touch',
  { unrecorded: 'Upkeep: times of last use' },
  async (db: Connection, { uses }: { readonly uses: readonly Use[] }): Promise<void> => {
    const sorted = uses.toSorted((one, other) => (one.secretId < other.secretId ? -1 : 1));
    for (const use of sorted) await db.rows(recordUse, use);
  },
);

const revokeUnused = query((db, params: BindParams<{ now: number; unusedSince: number }>) =>
  db
    .updateTable('application_secrets')
    .set({ retires_at: params.now })
    .where('idle_since', 'is not', null)
    .where('idle_since', '<=', params.unusedSince)
    .where((row) => row.or([row('last_used_at', 'is', null), row('last_used_at', '<=', params.unusedSince)]))
    .where((row) => row.or([row('retires_at', 'is', null), row('retires_at', '>', params.now)]))
    .returning(['id', 'application_id']),
);

const clientIdOf = query((db, params: BindParams<{ applicationId: string }>) =>
  db.selectFrom('applications').select('client_id').where('id', '=', params.applicationId),
);

export const revokeIdleSecrets = transaction(
  'secrets.revokeIdle',
  { recorded: true },
  async (db: Connection, idle: { readonly now: number; readonly unusedSince: number }): Promise<number> => {
    const revoked = await db.rows(revokeUnused, idle);
    for (const { id, application_id: applicationId } of revoked) {
      const application = await db.first(clientIdOf, { applicationId });
      await recordChange(db, { event: revocationEvent(id, application?.client_id ?? '', idle.now) });
    }
    return revoked.length;
  },
);

function revocationEvent(secret: string, clientId: string, at: number): AuditEvent {
  const subject = `application:${clientId}`;
  const detail = { secret, when: 'idle' };
  return { at, actor: { kind: 'platform' }, action: 'application.secret_retired', subject, detail };
}
