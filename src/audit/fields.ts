import type { AuditValue } from '../ports/audit.ts';

/** The keys of `detail`, `before` and `after` of an audit entry, as they are stored. */
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
  | 'sealed'
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

/** A `detail`, `before` or `after` that this release writes. Entries of other releases may have other keys. */
export type AuditFields = Readonly<Partial<Record<AuditField, AuditValue>>>;
