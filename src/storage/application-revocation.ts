import type { Applications } from '../ports/store/index.ts';
import type { Connection } from './engine.ts';
import { keepNote } from './notes.ts';
import { type Given, query } from './query.ts';

type Revocation = Parameters<Applications['revokeAll']>[0];

interface Ending {
  readonly id: string;
  readonly now: number;
}

const byClientId = query((db, given: Given<{ clientId: string }>) =>
  db.selectFrom('applications').select('id').where('client_id', '=', given.clientId),
);

const endFamilies = query((db, given: Given<Ending>) =>
  db
    .updateTable('families')
    .set({ revoked_at: given.now })
    .where('revoked_at', 'is', null)
    .where('authorization_id', 'in', (select) =>
      select
        .selectFrom('authorizations')
        .select('id')
        .where('application_id', '=', given.id)
        .where('revoked_at', 'is', null),
    ),
);

const endAuthorizations = query((db, given: Given<Ending>) =>
  db
    .updateTable('authorizations')
    .set({ revoked_at: given.now, revoked_reason: 'administrator' })
    .where('application_id', '=', given.id)
    .where('revoked_at', 'is', null)
    .returning('id'),
);

/** Codes end with their authorizations. */
export async function revokeAllOf(db: Connection, { clientId, now, note }: Revocation): Promise<number | 'unknown'> {
  const application = await db.first(byClientId, { clientId });
  if (application === undefined) return 'unknown';
  await db.rows(endFamilies, { id: application.id, now });
  const ended = await db.rows(endAuthorizations, { id: application.id, now });
  await keepNote(db, note);
  return ended.length;
}
