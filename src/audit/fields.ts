import type { AuditValue } from '../ports/audit.ts';

/** What an entry of the audit log can say of its event, by the name that it is stored under. */
export type AuditField =
  | 'accessTokenSeconds'
  | 'action'
  | 'actor'
  | 'added'
  | 'application'
  | 'applications'
  | 'audit_entries'
  | 'devices'
  | 'disabled'
  | 'due_at'
  | 'email'
  | 'grant_type'
  | 'key'
  | 'known'
  | 'last_four'
  | 'owner'
  | 'reason'
  | 'redirect_uris'
  | 'refreshPolicy'
  | 'resourceServer'
  | 'role'
  | 'search'
  | 'secret'
  | 'since'
  | 'state'
  | 'status'
  | 'subject'
  | 'to'
  | 'until'
  | 'users'
  | 'when';

/** The record of an entry that this release writes. Entries of other releases may have other names. */
export type AuditFields = Readonly<Partial<Record<AuditField, AuditValue>>>;
