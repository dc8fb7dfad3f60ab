import type { Note } from '../../ports/change-record.ts';
import { keepNote } from '../audit/change-record.ts';
import { endAllOfUser } from '../authorizations/authorization-revocation.ts';
import type { Connection } from '../core/engine.ts';
import { type Given, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';

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
