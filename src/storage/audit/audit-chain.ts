import type { Selectable } from 'kysely';
import type { AuditBreak } from '../../ports/store/index.ts';
import type { AuditEventRow } from '../schema/audit.ts';
import { entryHash } from './audit-hash.ts';

/** An entry as it is stored: JSON stays text. */
export type StoredEntry = Selectable<AuditEventRow>;

/** How many entries of a chain are sound, and what breaks it after them. */
export interface ChainCheck {
  /** The number of sound entries, from the first on. */
  readonly sound: number;
  /** The hash of the last sound entry. */
  readonly head: string;
  readonly broken?: { readonly id: number; readonly reason: AuditBreak };
}

/**
 * Checks entries that follow each other in the log.
 * @param previous the hash of the entry before them
 */
export function verifyChain(entries: readonly StoredEntry[], previous: string): ChainCheck {
  let head = previous;
  for (const [index, entry] of entries.entries()) {
    const reason = breakOf(entry, head, entries, index);
    if (reason !== undefined) return { sound: index, head, broken: { id: entry.id, reason } };
    head = entry.hash;
  }
  return { sound: entries.length, head };
}

function breakOf(
  entry: StoredEntry,
  head: string,
  entries: readonly StoredEntry[],
  index: number,
): AuditBreak | undefined {
  const isChanged = entryHash(entry.previous_hash, entry) !== entry.hash;
  if (entry.previous_hash === head) return isChanged ? 'changed' : undefined;
  // Its predecessor comes after it in the log, or comes before it and has another successor already.
  const predecessor = entries.findIndex(({ hash }) => hash === entry.previous_hash);
  if (predecessor > index) return 'reordered';
  if (predecessor >= 0) return 'inserted';
  // A later entry continues the chain without it.
  if (entries.slice(index + 1).some((other) => other.previous_hash === head)) return 'inserted';
  return isChanged ? 'changed' : 'missing';
}
