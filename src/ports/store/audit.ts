import type { AuditEvent } from '../audit.ts';

/** Append-only. */
export interface AuditLog {
  append(event: AuditEvent): Promise<void>;
  /** Newest first. */
  latest(limit: number): Promise<readonly AuditEvent[]>;
}
