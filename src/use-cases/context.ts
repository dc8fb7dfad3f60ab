import type { AuditAction } from '../audit/actions.ts';
import type { AuditFields } from '../audit/fields.ts';
import type { Actor } from '../ports/audit.ts';
import type { ChangeRecord } from '../ports/change-record.ts';
import type { Mail } from '../ports/mail.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store/index.ts';

/**
 * Who runs a use case (a user of the pages, the command line or the platform itself), and the ports it may use. A
 * function of this folder takes it first, writes one change with its audit entry and emails, and returns the outcome.
 */
export interface UseCaseContext {
  readonly store: Store;
  readonly random: Random;
  readonly now: number;
  readonly actor: Extract<Actor, { kind: 'user' | 'command-line' | 'platform' }>;
  /** The network address of the request; absent for the command line and jobs. */
  readonly from?: string;
  /** The origin of the links in emails. */
  readonly publicUrl: string;
}

/** The audit entry and the emails that are stored in the transaction of the change. `subject` is like `device:7`. */
export function changeRecord(
  context: UseCaseContext,
  action: AuditAction,
  subject: string,
  details: {
    readonly detail?: AuditFields;
    readonly before?: AuditFields;
    readonly after?: AuditFields;
    readonly mails?: readonly Mail[];
  } = {},
): ChangeRecord {
  const { mails, ...fields } = details;
  return {
    event: {
      at: context.now,
      actor: context.actor,
      action,
      subject,
      ...(context.from !== undefined && { from: context.from }),
      ...fields,
    },
    ...(mails !== undefined && { mails }),
  };
}

/** The user who acts; `null`: the command line or the platform. */
export function authorOf(context: Pick<UseCaseContext, 'actor'>): number | null {
  return context.actor.kind === 'user' ? context.actor.id : null;
}
