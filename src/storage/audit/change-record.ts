import type { ChangeRecord } from '../../ports/change-record.ts';
import type { Connection } from '../core/engine.ts';
import { queueMails } from '../mail/mails.ts';
import { appendEvent } from './audit.ts';

/**
 * Stores the audit entry and the mails of a change, within its transaction. Must be the transaction's last write:
 * {@link appendEvent} locks the head of the log.
 */
export async function recordChange(db: Connection, record: ChangeRecord): Promise<void> {
  await queueMails(db, record.mails ?? [], record.event.at);
  await appendEvent(db, record.event);
}
