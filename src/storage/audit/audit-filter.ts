import type { Kysely } from 'kysely';
import type { Actor } from '../../ports/audit.ts';
import type { AuditQuery } from '../../ports/store/index.ts';
import type { Connection } from '../core/engine.ts';
import { memoizeByShape } from '../core/paging.ts';
import { type BindParams, query } from '../core/query.ts';
import type { Schema } from '../schema/tables.ts';

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

/** The entry before which a page begins: entries are ordered by their time, then by their id. */
export interface Cursor {
  readonly at: number;
  readonly id: number;
}

/** Up to `limit` entries that match all of `filter` but its search, newest first, beginning before `cursor`. */
export function readMatching(db: Connection, filter: AuditQuery, cursor: Cursor | null, limit: number) {
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
    afterAction: upperBoundOf(action),
    subject: subject ?? '',
    cursorAt: cursor?.at ?? 0,
    cursorId: cursor?.id ?? 0,
    limit,
  });
}

export const findCursor = query((db, params: BindParams<{ id: number }>) =>
  db.selectFrom('audit_events').select(['at', 'id']).where('id', '=', params.id),
);

const listingOf = memoizeByShape((shape: Shape) =>
  query((db, params: BindParams<Args>) =>
    matching(db, params, shape).selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(params.limit),
  ),
);

/** Each of these filters has an index whose last columns are the order of the list (migration 0007). */
function matching(db: Kysely<Schema>, params: BindParams<Args>, shape: Shape) {
  return db
    .selectFrom('audit_events')
    .$if(shape.since, (rows) => rows.where('at', '>=', params.since))
    .$if(shape.until, (rows) => rows.where('at', '<', params.until))
    .$if(shape.actor !== 'any', (rows) => rows.where('actor_kind', '=', params.actorKind))
    .$if(shape.actor === 'kind', (rows) => rows.where('actor_id', 'is', null))
    .$if(shape.actor === 'kind and id', (rows) => rows.where('actor_id', '=', params.actorId))
    .$if(shape.action === 'exact', (rows) => rows.where('action', '=', params.action))
    .$if(shape.action === 'prefix', (rows) =>
      rows.where('action', '>=', params.action).where('action', '<', params.afterAction),
    )
    .$if(shape.subject, (rows) => rows.where('subject', '=', params.subject))
    .$if(shape.cursor, (rows) =>
      rows.where((row) => row(row.refTuple('at', 'id'), '<', row.tuple(params.cursorAt, params.cursorId))),
    );
}

const nextAction = query((db, params: BindParams<{ action: string; afterAction: string }>) =>
  db
    .selectFrom('audit_events')
    .select((row) => row.fn.min('action').as('action'))
    .where('action', '>', params.action)
    .where('action', '<', params.afterAction),
);

/** The actions with this prefix. Each takes one seek in the index, however many entries it has. */
export async function actionsWith(db: Connection, prefix: string): Promise<readonly string[]> {
  const actions: string[] = [];
  const afterAction = upperBoundOf(prefix);
  for (let action = prefix; ; ) {
    const next = await db.first(nextAction, { action, afterAction });
    if (next === undefined || next.action === null) return actions;
    action = next.action;
    actions.push(action);
  }
}

/** The first text after all that begin with `prefix`, which ends in a dot: the next character is the slash. */
function upperBoundOf(prefix: string): string {
  return `${prefix.slice(0, -1)}/`;
}
