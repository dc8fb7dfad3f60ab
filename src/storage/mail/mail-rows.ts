import type { Selectable } from 'kysely';
import type { QueuedMail } from '../../ports/store/index.ts';
import type { MailRow } from '../schema/mails.ts';

export function mailFrom(row: Selectable<MailRow>): QueuedMail {
  return {
    id: row.id,
    to: row.recipient,
    subject: row.subject,
    text: row.text,
    html: row.html,
    state: row.state,
    createdAt: row.created_at,
    attempts: row.attempts,
    dueAt: row.due_at,
    sentAt: row.sent_at,
    lastError: row.last_error,
  };
}
