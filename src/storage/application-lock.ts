import type { Connection } from './engine.ts';
import { type Given, query } from './query.ts';

const lock = query((db, given: Given<{ applicationId: string }>) =>
  db
    .updateTable('applications')
    .set((row) => ({ status: row.ref('status') }))
    .where('id', '=', given.applicationId),
);

/**
 * Takes the row lock of an application until the transaction ends. Whoever counts rows of an application and writes on that
 * takes it first: on PostgreSQL, of two transactions at once neither sees what the other has written. An update that changes
 * nothing, because SQLite knows no `select for update`.
 */
export async function lockApplication(db: Connection, applicationId: string): Promise<void> {
  await db.changed(lock, { applicationId });
}
