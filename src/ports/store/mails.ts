import type { ChangeRecord } from '../change-record.ts';
import type { CursorPage, CursorPaging } from '../listing.ts';
import type { Mail } from '../mail.ts';

/** `waiting`: for its time, or for a server to send it. `failed`: given up; somebody may have it tried again. */
export type MailState = 'waiting' | 'sent' | 'failed';

/** A mail on its way. */
export interface QueuedMail extends Mail {
  readonly id: number;
  readonly state: MailState;
  readonly createdAt: number;
  /** How often it was tried. */
  readonly attempts: number;
  /** Not before then it is tried again. */
  readonly dueAt: number;
  readonly sentAt: number | null;
  /** Why the last try failed, in the words of the mail server, shortened. */
  readonly lastError: string | null;
}

export interface Mails {
  /**
   * Takes up to `limit` mails that are due, oldest first, for the one who asks: until `now + leaseMs` nobody else gets
   * them. A node that dies with them loses nothing; they are due again afterwards.
   */
  claim(claim: {
    readonly now: number;
    readonly leaseMs: number;
    readonly limit: number;
  }): Promise<readonly QueuedMail[]>;
  /**
   * Says what became of a claimed mail. `attempts` is the number it was claimed with; `lost`: somebody else has it by
   * now.
   */
  recordDelivery(settlement: {
    readonly id: number;
    readonly attempts: number;
    readonly outcome:
      | { readonly kind: 'sent' }
      | { readonly kind: 'later'; readonly dueAt: number; readonly error: string }
      | { readonly kind: 'failed'; readonly error: string };
    readonly now: number;
  }): Promise<'settled' | 'lost'>;
  /** Newest first. */
  list(query: CursorPaging & { readonly state?: MailState; readonly to?: string }): Promise<CursorPage<QueuedMail>>;
  find(id: number): Promise<QueuedMail | undefined>;
  /** Makes a failed or waiting mail due at once. */
  retry(id: number, now: number, record: ChangeRecord): Promise<'changed' | 'unknown'>;
  counts(): Promise<Readonly<Record<MailState, number>>>;
}
