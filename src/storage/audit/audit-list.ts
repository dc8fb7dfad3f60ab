import { setImmediate } from 'node:timers/promises';
import type { AuditPage, AuditQuery } from '../../ports/store/index.ts';
import { foldCase } from '../core/case-folding.ts';
import type { Connection } from '../core/engine.ts';
import type { StoredEntry } from './audit-chain.ts';
import { actionsWith, type Cursor, findCursor, readMatching } from './audit-filter.ts';
import { auditEntryFrom } from './audit-rows.ts';

/** Maximum entries that a search reads for one page, and how many of them at a time. */
const maxSearched = 10_000;
const searchBatchSize = 2500;

/** A page of the log, newest first, from the entry before `filter.before` on. */
export async function listEntries(db: Connection, filter: AuditQuery): Promise<AuditPage> {
  const cursor = filter.before === undefined ? null : await db.first(findCursor, { id: filter.before });
  if (cursor === undefined) return { entries: [], next: null };
  if (filter.search !== undefined) return searchEntries(db, filter, foldCase(filter.search), cursor);
  const rows = await readRows(db, filter, cursor, filter.limit + 1);
  const shown = rows.slice(0, filter.limit);
  return { entries: shown.map(auditEntryFrom), next: rows.length > shown.length ? (shown.at(-1)?.id ?? null) : null };
}

/**
 * Filters the entries in the program instead of in SQL: neither database has an index for substrings, and both find the
 * same entries this way.
 */
async function searchEntries(db: Connection, filter: AuditQuery, part: string, start: Cursor | null) {
  const found: StoredEntry[] = [];
  let cursor = start;
  for (let searched = 0; searched < maxSearched; searched += searchBatchSize) {
    const rows = await readRows(db, filter, cursor, searchBatchSize);
    for (const row of rows) {
      cursor = row;
      if (!textsOf(row).some((text) => foldCase(text).includes(part))) continue;
      found.push(row);
      if (found.length === filter.limit) return { entries: found.map(auditEntryFrom), next: row.id };
    }
    if (rows.length < searchBatchSize) return { entries: found.map(auditEntryFrom), next: null };
    // SQLite reads synchronously: let other requests run in between.
    await setImmediate();
  }
  return { entries: found.map(auditEntryFrom), next: cursor?.id ?? null };
}

function textsOf(row: StoredEntry): readonly string[] {
  const { detail = {}, before = {}, after = {} } = auditEntryFrom(row);
  const values = [detail, before, after].flatMap((record) => Object.values(record)).flat();
  return [row.actor_id ?? '', row.action, row.subject, row.address ?? '', ...values.map(String)];
}

async function readRows(db: Connection, filter: AuditQuery, cursor: Cursor | null, limit: number) {
  const { action = '', actor, subject } = filter;
  // The index on the action is in the order of the list for one action only. So for a prefix, without another filter
  // that has an index, read each matching action by itself and merge the results.
  if (!action.endsWith('.') || actor !== undefined || subject !== undefined)
    return readMatching(db, filter, cursor, limit);
  const lists: (readonly StoredEntry[])[] = [];
  for (const one of await actionsWith(db, action)) {
    lists.push(await readMatching(db, { ...filter, action: one }, cursor, limit));
  }
  return lists
    .flat()
    .sort((one, other) => other.at - one.at || other.id - one.id)
    .slice(0, limit);
}
