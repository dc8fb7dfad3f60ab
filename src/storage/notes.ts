import type { Note } from '../ports/note.ts';
import { appendEvent } from './audit.ts';
import type { Connection } from './engine.ts';
import { queueMails } from './mails.ts';

/** Keeps what belongs to a change that was just made. The last thing that a transaction does. */
export async function keepNote(db: Connection, note: Note): Promise<void> {
  await queueMails(db, note.mails ?? [], note.event.at);
  await appendEvent(db, note.event);
}
