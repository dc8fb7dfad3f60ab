import type { AuditEvent } from './audit.ts';
import type { Mail } from './mail.ts';

/**
 * Stored with a change, in the same transaction: the audit entry, and the mails about it (outbox). If the change is not
 * made, neither is stored.
 */
export interface ChangeRecord {
  readonly event: AuditEvent;
  readonly mails?: readonly Mail[];
}
