import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';

const lock = query((db, params: BindParams<{ applicationId: string }>) =>
  db
    .updateTable('applications')
    .set((row) => ({ status: row.ref('status') }))
    .where('id', '=', params.applicationId),
);

/**
 * Locks the row of an application until the transaction ends. A transaction whose result depends on other rows of the
 * application takes this lock first: on PostgreSQL, two transactions at once don't see what the other one has written.
 * It is an update that changes nothing, because SQLite has no `select for update`.
 */
export async function lockApplication(db: Connection, applicationId: string): Promise<void> {
  await db.changed(lock, { applicationId });
}
