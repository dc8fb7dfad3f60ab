import type { Note } from '../ports/note.ts';
import type { Connection } from './engine.ts';
import { keepNote } from './notes.ts';
import { type Given, query } from './query.ts';

const endSessions = query((db, given: Given<{ userId: number }>) =>
  db.deleteFrom('sessions').where('user_id', '=', given.userId).returning('id_hash'),
);

export async function endSessionsOf(
  db: Connection,
  { userId, note }: { readonly userId: number; readonly note: Note },
): Promise<number> {
  const ended = await db.rows(endSessions, { userId });
  await keepNote(db, note);
  return ended.length;
}

interface Ending {
  readonly userId: number;
  readonly now: number;
}

const endFamilies = query((db, given: Given<Ending>) =>
  db
    .updateTable('families')
    .set({ revoked_at: given.now })
    .where('revoked_at', 'is', null)
    .where('authorization_id', 'in', (select) =>
      select
        .selectFrom('authorizations')
        .select('id')
        .where('user_id', '=', given.userId)
        .where('revoked_at', 'is', null),
    ),
);

const endAuthorizations = query((db, given: Given<Ending>) =>
  db
    .updateTable('authorizations')
    .set({ revoked_at: given.now, revoked_reason: 'administrator' })
    .where('user_id', '=', given.userId)
    .where('revoked_at', 'is', null)
    .returning('id'),
);

export async function endAuthorizationsOf(
  db: Connection,
  { userId, now, note }: Ending & { readonly note: Note },
): Promise<number> {
  await db.rows(endFamilies, { userId, now });
  const ended = await db.rows(endAuthorizations, { userId, now });
  await keepNote(db, note);
  return ended.length;
}
