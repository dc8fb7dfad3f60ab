import type { Note } from '../../ports/change-record.ts';
import type { Connection } from '../core/engine.ts';
import { queueMails } from '../mail/mails.ts';
import { appendEvent } from './audit.ts';

/** Keeps what belongs to a change that was just made. The last thing that a transaction does. */
export async function keepNote(db: Connection, note: Note): Promise<void> {
  await queueMails(db, note.mails ?? [], note.event.at);
  await appendEvent(db, note.event);
}
