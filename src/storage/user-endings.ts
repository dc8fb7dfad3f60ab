import type { Note } from '../ports/note.ts';
import { endAllOfUser } from './authorization-endings.ts';
import type { Connection } from './engine.ts';
import { keepNote } from './notes.ts';
import { type Given, query } from './query.ts';
import { transaction } from './transaction.ts';

const endSessions = query((db, given: Given<{ userId: number }>) =>
  db.deleteFrom('sessions').where('user_id', '=', given.userId),
);

export const endSessionsOf = transaction(
  'users.endSessions',
  { recorded: true },
  async (db: Connection, { userId, note }: { readonly userId: number; readonly note: Note }): Promise<number> => {
    const ended = await db.changed(endSessions, { userId });
    await keepNote(db, note);
    return ended;
  },
);

interface Ending {
  readonly userId: number;
  readonly now: number;
  readonly note: Note;
}

export const endAuthorizationsOf = transaction(
  'users.endAuthorizations',
  { recorded: true },
  async (db: Connection, { userId, now, note }: Ending): Promise<number> => {
    const ended = await endAllOfUser(db, userId, now);
    await keepNote(db, note);
    return ended;
  },
);
