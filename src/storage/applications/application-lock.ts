import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';

const lock = query((db, params: BindParams<{ applicationId: string }>) =>
  db
    .updateTable('applications')
    .set((row) => ({ status: row.ref('status') }))
    .where('id', '=', params.applicationId),
);

/**
 * Locks the row of an application until the transaction ends, by an update that changes nothing, because SQLite has no
 * `select for update`. A transaction whose result depends on other rows of the application (how many secrets, which
 * owners) takes this lock first: on PostgreSQL, two parallel transactions do not see each other's writes.
 */
export async function lockApplication(db: Connection, applicationId: string): Promise<void> {
  await db.changed(lock, { applicationId });
}
