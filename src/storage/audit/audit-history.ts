import { sql } from 'kysely';
import type { HistoryEntry, HistoryQuery } from '../../ports/store/index.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { recordsFrom } from './audit-rows.ts';

/** The audit entries about an application as its members may read them, newest first. */
export async function historyOf(db: Connection, filter: HistoryQuery): Promise<readonly HistoryEntry[]> {
  const rows = await db.rows(newestFirst, { ...filter });
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    action: row.action,
    memberId: row.user_id,
    ...recordsFrom(row),
  }));
}

/** Members may not read addresses, nor who acted unless it was a member: the query does not select them. */
const newestFirst = query((db, params: BindParams<HistoryQuery>) =>
  db
    .selectFrom('audit_events as events')
    .leftJoin('application_members as members', (join) =>
      join
        .on('members.application_id', '=', params.applicationId)
        .on('events.actor_kind', '=', 'user')
        .on('events.actor_id', '=', (row) => sql<string>`cast(${row.ref('members.user_id')} as text)`),
    )
    .select(['events.id', 'events.at', 'events.action', 'events.detail', 'events.before', 'events.after'])
    .select('members.user_id')
    .where('events.subject', '=', params.subject)
    .orderBy('events.at', 'desc')
    .orderBy('events.id', 'desc')
    .limit(params.limit),
);
