import type { ChangeRecord } from '../../ports/change-record.ts';
import type { Connection } from '../core/engine.ts';
import { queueMails } from '../mail/mails.ts';
import { appendEvent } from './audit.ts';

/** Keeps what belongs to a change that was just made. The last thing that a transaction does. */
export async function recordChange(db: Connection, record: ChangeRecord): Promise<void> {
  await queueMails(db, record.mails ?? [], record.event.at);
  await appendEvent(db, record.event);
}
