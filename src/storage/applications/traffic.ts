import type { DayOfTraffic, Traffic } from '../../ports/store/index.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';

export function traffic(engine: Engine): Traffic {
  return {
    add: (counts) => engine.transact(addTraffic, { counts }),
    list: (applicationId, since) => engine.rows(ofApplication, { applicationId, since }),
    total: (since) => engine.rows(ofAll, { since }),
  };
}

const ofApplication = query((db, params: BindParams<{ applicationId: string; since: number }>) =>
  db
    .selectFrom('application_days')
    .select(['day', 'requests', 'errors'])
    .where('application_id', '=', params.applicationId)
    .where('day', '>=', params.since)
    .orderBy('day'),
);

const ofAll = query((db, params: BindParams<{ since: number }>) =>
  db
    .selectFrom('application_days')
    .select((row) => [
      'day',
      row.cast<number>(row.fn.sum('requests'), 'bigint' as never).as('requests'),
      row.cast<number>(row.fn.sum('errors'), 'bigint' as never).as('errors'),
    ])
    .where('day', '>=', params.since)
    .groupBy('day')
    .orderBy('day'),
);

type Count = DayOfTraffic & { readonly applicationId: string };

const add = query((db, params: BindParams<Count>) =>
  db
    .insertInto('application_days')
    .values({
      application_id: params.applicationId,
      day: params.day,
      requests: params.requests,
      errors: params.errors,
    })
    .onConflict((conflict) =>
      conflict.columns(['application_id', 'day']).doUpdateSet((row) => ({
        requests: row('application_days.requests', '+', row.ref('excluded.requests')),
        errors: row('application_days.errors', '+', row.ref('excluded.errors')),
      })),
    ),
);

/** Writes its rows in one order, so that parallel transactions wait for each other instead of deadlocking. */
const addTraffic = transaction(
  'traffic.add',
  { unrecorded: 'Upkeep: numbers of requests' },
  async (db: Connection, { counts }: { readonly counts: readonly Count[] }): Promise<void> => {
    const sorted = counts.toSorted(
      (one, other) => one.day - other.day || (one.applicationId < other.applicationId ? -1 : 1),
    );
    for (const count of sorted) await db.rows(add, count);
  },
);
