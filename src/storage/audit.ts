import type { Selectable } from 'kysely';
import type { Actor, AuditEvent } from '../ports/audit.ts';
import type { AuditLog } from '../ports/store/index.ts';
import type { Connection, Engine } from './engine.ts';
import { type Given, query } from './query.ts';
import type { AuditEventTable } from './schema.ts';

export function audit(engine: Engine): AuditLog {
  return {
    append: (event) => engine.act(appendEvent, event),
    latest: async (limit) => (await engine.rows(newestFirst, { limit })).map(eventFrom),
  };
}

const newestFirst = query((db, given: Given<{ limit: number }>) =>
  db.selectFrom('audit_events').selectAll().orderBy('id', 'desc').limit(given.limit),
);

function eventFrom(row: Selectable<AuditEventTable>): AuditEvent {
  return {
    at: row.at,
    actor: actorFrom(row),
    action: row.action,
    subject: row.subject,
    ...(row.address !== null && { from: row.address }),
    ...(row.detail !== null && { detail: JSON.parse(row.detail) }),
  };
}

function actorFrom({ actor_kind: kind, actor_id: id }: Selectable<AuditEventTable>): Actor {
  if (kind === 'user') return { kind, id: Number(id) };
  if (kind === 'application') return { kind, id: String(id) };
  return { kind };
}

const insert = query((db, given: Given<Omit<AuditEventTable, 'id'>>) =>
  db.insertInto('audit_events').values({
    at: given.at,
    actor_kind: given.actor_kind,
    actor_id: given.actor_id,
    action: given.action,
    subject: given.subject,
    address: given.address,
    detail: given.detail,
  }),
);

export async function appendEvent(db: Connection, event: AuditEvent): Promise<void> {
  await db.rows(insert, {
    at: event.at,
    actor_kind: event.actor.kind,
    actor_id: 'id' in event.actor ? String(event.actor.id) : null,
    action: event.action,
    subject: event.subject,
    address: event.from ?? null,
    detail: event.detail === undefined ? null : JSON.stringify(event.detail),
  });
}
