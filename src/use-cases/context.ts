import type { AuditAction } from '../audit/actions.ts';
import type { AuditFields } from '../audit/fields.ts';
import type { Actor } from '../ports/audit.ts';
import type { ChangeRecord } from '../ports/change-record.ts';
import type { Mail } from '../ports/mail.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store/index.ts';

/**
 * Who runs a use case (a person at a page, or the command line) and the ports it may use. Every function of this folder
 * takes it first, makes one change with its audit entry and its mails, and returns the outcome.
 */
export interface UseCaseContext {
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
export function changeRecord(
  context: UseCaseContext,
  action: AuditAction,
  subject: string,
  more: {
    readonly detail?: AuditFields;
    readonly before?: AuditFields;
    readonly after?: AuditFields;
    readonly mails?: readonly Mail[];
  } = {},
): ChangeRecord {
  const { mails, ...rest } = more;
  return {
    event: {
      at: context.now,
      actor: context.actor,
      action,
      subject,
      ...(context.from !== undefined && { from: context.from }),
      ...rest,
    },
    ...(mails !== undefined && { mails }),
  };
}

/** Who acts, as the other side reads it. */
export function authorOf(context: Pick<UseCaseContext, 'actor'>): number | null {
  return context.actor.kind === 'user' ? context.actor.id : null;
}
