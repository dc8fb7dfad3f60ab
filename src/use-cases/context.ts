import type { AuditAction } from '../audit/actions.ts';
import type { AuditFields } from '../audit/fields.ts';
import type { Actor } from '../ports/audit.ts';
import type { Note } from '../ports/change-record.ts';
import type { Mail } from '../ports/mail.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store/index.ts';

/**
 * Who runs a use case (a person at a page, or the command line) and the ports it may use. Every function of this folder
 * takes it first, makes one change with its audit entry and its mails, and returns the outcome.
 */
export interface Desk {
  readonly store: Store;
  readonly random: Random;
  readonly now: number;
  readonly actor: Extract<Actor, { kind: 'user' | 'command-line' | 'platform' }>;
  /** The network address, where there is one. */
  readonly from?: string;
  /** The origin of the links in mails. */
  readonly publicUrl: string;
}

/** The entry of the audit log for what is being done, and the mails that tell of it. */
export function noteOf(
  desk: Desk,
  action: AuditAction,
  subject: string,
  more: {
    readonly detail?: AuditFields;
    readonly before?: AuditFields;
    readonly after?: AuditFields;
    readonly mails?: readonly Mail[];
  } = {},
): Note {
  const { mails, ...rest } = more;
  return {
    event: {
      at: desk.now,
      actor: desk.actor,
      action,
      subject,
      ...(desk.from !== undefined && { from: desk.from }),
      ...rest,
    },
    ...(mails !== undefined && { mails }),
  };
}

/** Who acts, as the other side reads it. */
export function authorOf(desk: Pick<Desk, 'actor'>): number | null {
  return desk.actor.kind === 'user' ? desk.actor.id : null;
}
