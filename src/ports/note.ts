import type { AuditEvent } from './audit.ts';
import type { Mail } from './mail.ts';

/**
 * What is kept with a change, in the same act: the entry of the audit log, and the mails that tell of it. If the change is not made,
 * neither is kept.
 */
export interface Note {
  readonly event: AuditEvent;
  readonly mails?: readonly Mail[];
}
