import type { AuditEvent } from './audit.ts';
import type { Mail } from './mail.ts';

/**
 * The audit entry of a change, and the emails about it (outbox). Both are written in the transaction of the change: if
 * the change is not made, neither is stored.
 */
export interface ChangeRecord {
  readonly event: AuditEvent;
  readonly mails?: readonly Mail[];
}
