import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Actor } from '../../ports/audit.ts';
import type { AuditPage, AuditQuery } from '../../ports/store/index.ts';
import { foldCase } from '../core/case-folding.ts';
import type { Connection } from '../core/engine.ts';
import { memoizeByShape } from '../core/paging.ts';
import { type BindParams, query } from '../core/query.ts';
import type { Schema } from '../schema/tables.ts';
import type { StoredEntry } from './audit-chain.ts';
import { auditEntryFrom } from './audit-rows.ts';

/** Maximum entries that a search reads for one page, and how many of them at a time. */
const maxSearched = 10_000;
const searchBatchSize = 2500;

interface Args {
  readonly since: number;
  readonly until: number;
  readonly actorKind: Actor['kind'];
  readonly actorId: string;
  readonly action: string;
  /** The upper bound of the texts that begin with the prefix `action`. */
  readonly afterAction: string;
  readonly subject: string;
  readonly cursorAt: number;
  readonly cursorId: number;
  readonly limit: number;
}

/** The part of a filter that changes the SQL; everything else is a bound parameter. */
interface Shape {
  readonly since: boolean;
  readonly until: boolean;
  readonly actor: 'any' | 'kind' | 'kind and id';
  readonly action: 'any' | 'exact' | 'prefix';
  readonly subject: boolean;
  readonly cursor: boolean;
}

interface Cursor {
  readonly at: number;
  readonly id: number;
}

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

const nextAction = query((db, params: BindParams<{ action: string; afterAction: string }>) =>
  db
    .selectFrom('audit_events')
    .select((row) => row.fn.min('action').as('action'))
    .where('action', '>', params.action)
    .where('action', '<', params.afterAction),
);

/** The actions with this prefix. Each takes one seek in the index, however many entries it has. */
async function actionsWith(db: Connection, prefix: string): Promise<readonly string[]> {
  const actions: string[] = [];
  const afterAction = `${prefix.slice(0, -1)}/`;
  for (let action = prefix; ; ) {
    const next = await db.first(nextAction, { action, afterAction });
    if (next === undefined || next.action === null) return actions;
    action = next.action;
    actions.push(action);
  }
}

function readMatching(db: Connection, filter: AuditQuery, cursor: Cursor | null, limit: number) {
  const { since, until, actor, action = '', subject } = filter;
  const hasId = actor !== undefined && 'id' in actor;
  const shape: Shape = {
    since: since !== undefined,
    until: until !== undefined,
    actor: actor === undefined ? 'any' : hasId ? 'kind and id' : 'kind',
    action: action === '' ? 'any' : action.endsWith('.') ? 'prefix' : 'exact',
    subject: subject !== undefined,
    cursor: cursor !== null,
  };
  return db.rows(listingOf(shape), {
    since: since ?? 0,
    until: until ?? 0,
    actorKind: actor?.kind ?? 'platform',
    actorId: hasId ? String(actor.id) : '',
    action,
    afterAction: `${action.slice(0, -1)}/`,
    subject: subject ?? '',
    cursorAt: cursor?.at ?? 0,
    cursorId: cursor?.id ?? 0,
    limit,
  });
}

const findCursor = query((db, params: BindParams<{ id: number }>) =>
  db.selectFrom('audit_events').select(['at', 'id']).where('id', '=', params.id),
);

const listingOf = memoizeByShape((shape: Shape) =>
  query((db, params: BindParams<Args>) =>
    matching(db, params, shape).selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(params.limit),
  ),
);

/** Each of these filters has an index whose last columns are the order of the list (migration 0007). */
function matching(db: Kysely<Schema>, params: BindParams<Args>, shape: Shape) {
  return (
    db
      .selectFrom('audit_events')
      .$if(shape.since, (rows) => rows.where('at', '>=', params.since))
      .$if(shape.until, (rows) => rows.where('at', '<', params.until))
      .$if(shape.actor !== 'any', (rows) => rows.where('actor_kind', '=', params.actorKind))
      .$if(shape.actor === 'kind', (rows) => rows.where('actor_id', 'is', null))
      .$if(shape.actor === 'kind and id', (rows) => rows.where('actor_id', '=', params.actorId))
      .$if(shape.action === 'exact', (rows) => rows.where('action', '=', params.action))
      // A prefix ends in a dot, and `afterAction` in a slash, the next character.
      .$if(shape.action === 'prefix', (rows) =>
        rows.where('action', '>=', params.action).where('action', '<', params.afterAction),
      )
      .$if(shape.subject, (rows) => rows.where('subject', '=', params.subject))
      .$if(shape.cursor, (rows) =>
        rows.where((row) => row(row.refTuple('at', 'id'), '<', row.tuple(params.cursorAt, params.cursorId))),
      )
  );
}
