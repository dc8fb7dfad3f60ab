import { createHash } from 'node:crypto';
import type { AuditEventRow } from '../schema/rows.ts';

/** What is stored of an event, as it is stored: JSON stays text. */
export type StoredEvent = Omit<AuditEventRow, 'id' | 'hash' | 'previous_hash'>;

/** What the first entry has as its previous hash: 32 zero bytes. */
export const noEntry = 'A'.repeat(43);

const version = 'insiders-audit-1';

/**
 * The hash of an entry: SHA-256 as base64url over the text that begins with the version and holds, each on a line of
 * its own, the previous hash and all fields. Each has its length in bytes before it, so that no text can pose as the
 * end of its field; a field that is absent is a hyphen, and so differs from an empty one.
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
  // Whoever edits the database of an embedded installation can put anything into a column.
  return field === null ? '-' : `${Buffer.byteLength(String(field))}:${field}`;
}
