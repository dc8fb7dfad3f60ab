import type { Maintenance } from '../../ports/store/index.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import { compareMigrations } from '../migrations/apply.ts';
import { purgeAll } from './purge.ts';

export function maintenance(engine: Engine): Maintenance {
  return {
    check: async ({ write }) => {
      if (write) await engine.transact(writeCheck, {});
      else await engine.rows(appliedMigrations, {});
    },
    purge: (now, limit) => engine.transact(purgeAll, { now, limit }),
    onAvailability: (listener) => engine.onAvailability?.(listener),
    migrations: async () => compareMigrations(await engine.rows(appliedMigrations, {})),
  };
}

const appliedMigrations = query((db) => db.selectFrom('migrations').select('name').orderBy('name'));

const countCheck = query((db, params: BindParams<{ id: number; checks: number }>) =>
  db
    .insertInto('health_checks')
    .values({ id: params.id, checks: params.checks })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((row) => ({ checks: row('health_checks.checks', '+', row.lit(1)) })),
    ),
);

const writeCheck = transaction(
  'maintenance.check',
  { unrecorded: 'Upkeep: a test of the database' },
  async (db: Connection): Promise<void> => {
    await db.rows(countCheck, { id: 1, checks: 1 });
  },
);
