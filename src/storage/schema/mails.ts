import { type Generated, sql } from 'kysely';
import type { MailState } from '../../ports/store/index.ts';
import { daysBefore } from './purge-rules.ts';
import { table } from './table.ts';

export interface MailRow {
  readonly id: Generated<number>;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly state: MailState;
  readonly created_at: number;
  /** When the next attempt is due; of a claimed mail, when the claim ends; of a finished one, when it ended. */
  readonly due_at: number;
  readonly attempts: number;
  readonly sent_at: number | null;
  readonly last_error: string | null;
}

export const mailTables = {
  mails: table<MailRow>({
    purge: { by: 'id', when: [(now) => sql`state = 'sent' and due_at <= ${daysBefore(now, 90)}`] },
  }),
};
