import { createHash } from 'node:crypto';
import type { AuditEventRow } from '../schema/audit.ts';

/** An event as it is stored: JSON stays text. */
export type StoredEvent = Omit<AuditEventRow, 'id' | 'hash' | 'previous_hash'>;

/** The previous hash of the first entry: 32 zero bytes. */
export const genesisHash = 'A'.repeat(43);

const version = 'insiders-audit-1';

/**
 * The hash of an entry: SHA-256, as base64url, over the version, the previous hash and all fields, joined by newlines.
 * Each field is prefixed with its length in bytes, so that a newline in a text can't be taken for the end of its field.
 * An absent field is a hyphen, and so differs from an empty one.
 */
export function entryHash(previous: string, event: StoredEvent): string {
  const fields = [
    previous,
    String(event.at),
    event.actor_kind,
    event.actor_id,
    event.action,
    event.subject,
    event.address,
    event.detail,
    event.before,
    event.after,
  ];
  const text = [version, ...fields.map(withLength)].join('\n');
  return createHash('sha256').update(text).digest('base64url');
}

function withLength(field: string | null): string {
  // Someone who edits the SQLite file can store a value of any type in any column.
  return field === null ? '-' : `${Buffer.byteLength(String(field))}:${field}`;
}
