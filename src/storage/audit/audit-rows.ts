import type { Actor, AuditRecord } from '../../ports/audit.ts';
import type { AuditEntry } from '../../ports/store/index.ts';
import { type BindParams, query } from '../core/query.ts';
import type { StoredEntry } from './audit-chain.ts';

/** The id of the only row of audit_head. */
export const headId = 1;

/** Less than any id, even one that was inserted by hand: the cursor before the first entry. */
export const beforeFirst = Number.MIN_SAFE_INTEGER;

/** Entries in the order of the log, from the one after the id `after` on. */
export const oldestFirst = query((db, params: BindParams<{ after: number; limit: number }>) =>
  db.selectFrom('audit_events').selectAll().where('id', '>', params.after).orderBy('id').limit(params.limit),
);

/** The end of the log. */
export const readHead = query((db, params: BindParams<{ id: number }>) =>
  db.selectFrom('audit_head').selectAll().where('id', '=', params.id),
);

export function auditEntryFrom(row: StoredEntry): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    actor: actorFrom(row),
    action: row.action,
    subject: row.subject,
    ...(row.address !== null && { from: row.address }),
    ...recordsFrom(row),
    hash: row.hash,
    previousHash: row.previous_hash,
  };
}

/** The JSON fields of an entry, parsed; absent where the column is null. */
export function recordsFrom({ detail, before, after }: Pick<StoredEntry, 'detail' | 'before' | 'after'>) {
  return {
    ...(detail !== null && { detail: recordFrom(detail) }),
    ...(before !== null && { before: recordFrom(before) }),
    ...(after !== null && { after: recordFrom(after) }),
  };
}

function actorFrom({ actor_kind: kind, actor_id: id }: StoredEntry): Actor {
  if (kind === 'user') return { kind, id: Number(id) };
  if (kind === 'application') return { kind, id: String(id) };
  return { kind };
}

/** Returns damaged JSON as text instead of throwing, so that the rest of the log stays readable. */
function recordFrom(text: string): AuditRecord {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as AuditRecord;
  } catch {}
  return { unreadable: String(text) };
}
