import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { AuditKey } from '../../ports/keys.ts';
import type { AuditEventRow } from '../schema/audit.ts';

/** An event as it is stored: JSON stays text. */
export type StoredEvent = Omit<AuditEventRow, 'id' | 'hash' | 'previous_hash' | 'key' | 'mac'>;

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

const macVersion = 'insiders-audit-mac-1';

/**
 * The message authentication code of an entry: HMAC-SHA-256, as base64url, over the version, the name of the key and
 * the hash of the entry. The hash includes all entries before it, so the code authenticates them too.
 */
export function entryMac({ name, secret }: AuditKey, hash: string): string {
  return createHmac('sha256', secret).update([macVersion, name, hash].join('\n')).digest('base64url');
}

/** Whether `mac` is that of an entry with this hash. The comparison takes the same time for each wrong code. */
export function isMacOf(mac: string | null, key: AuditKey, hash: string): boolean {
  const expected = Buffer.from(entryMac(key, hash));
  const actual = Buffer.from(String(mac));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
