import type { ChangeRecord } from '../change-record.ts';
import type { CursorPage, CursorPaging } from '../listing.ts';
import type { Mail } from '../mail.ts';

/** `waiting`: to be sent at `dueAt`. `failed`: no further attempts, unless an administrator retries it. */
export type MailState = 'waiting' | 'sent' | 'failed';

/** An email of the outbox. */
export interface QueuedMail extends Mail {
  readonly id: number;
  readonly state: MailState;
  readonly createdAt: number;
  /** How often it was claimed. */
  readonly attempts: number;
  /** When the next attempt is due; for a claimed email, when the claim ends. */
  readonly dueAt: number;
  readonly sentAt: number | null;
  /** Why the last attempt failed: the message of the mail server, shortened. */
  readonly lastError: string | null;
}

export interface Mails {
  /**
   * Claims up to `limit` emails that are due, oldest first. Until `now + leaseMs` no other caller gets them. If a node
   * crashes before it reports the outcome, they are due again after the lease.
   */
  claim(claim: {
    readonly now: number;
    readonly leaseMs: number;
    readonly limit: number;
  }): Promise<readonly QueuedMail[]>;
  /**
   * Stores the outcome of an attempt. `lost`: the email was claimed again, its outcome was stored before, or it is
   * unknown; nothing was written.
   */
  recordDelivery(delivery: {
    readonly id: number;
    /** The `attempts` of the claimed email. */
    readonly attempts: number;
    readonly outcome:
      | { readonly kind: 'sent' }
      /** The next attempt is at `dueAt`. */
      | { readonly kind: 'later'; readonly dueAt: number; readonly error: string }
      | { readonly kind: 'failed'; readonly error: string };
    readonly now: number;
  }): Promise<'recorded' | 'lost'>;
  /** Lists emails, newest first. `to`: the exact address. */
  list(query: CursorPaging & { readonly state?: MailState; readonly to?: string }): Promise<CursorPage<QueuedMail>>;
  find(id: number): Promise<QueuedMail | undefined>;
  /**
   * Makes a failed or waiting email due at `now`. Stores the audit entry of `record`, but not its emails. `unknown`: no
   * such email, or it was sent.
   */
  retry(id: number, now: number, record: ChangeRecord): Promise<'changed' | 'unknown'>;
  /** Returns the number of emails in each state. */
  counts(): Promise<Readonly<Record<MailState, number>>>;
}
