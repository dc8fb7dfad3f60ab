import type { Actor, AuditEvent, AuditRecord } from '../../ports/audit.ts';
import type { AuditEntry, AuditLog } from '../../ports/store/index.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import { entryHash, type StoredEvent } from './audit-hash.ts';
import { historyOf } from './audit-history.ts';
import { listEntries } from './audit-list.ts';
import { auditEntryFrom, beforeAll, headId, oldestFirst } from './audit-rows.ts';
import { verifyLog } from './audit-verify.ts';

export function audit(engine: Engine): AuditLog {
  return {
    append: (event) => engine.transact(appendEvent, event),
    latest: async (limit) => (await engine.rows(newestFirst, { limit })).map(auditEntryFrom).map(eventOf),
    list: (asked) => listEntries(engine, asked),
    history: (asked) => historyOf(engine, asked),
    readAll: async (after, limit) =>
      (await engine.rows(oldestFirst, { after: after ?? beforeAll, limit })).map(auditEntryFrom),
    verify: (progress = () => undefined) => verifyLog(engine, progress),
  };
}

const newestFirst = query((db, params: BindParams<{ limit: number }>) =>
  db.selectFrom('audit_events').selectAll().orderBy('id', 'desc').limit(params.limit),
);

function eventOf({ id, hash, previousHash, ...event }: AuditEntry): AuditEvent {
  return event;
}

/**
 * Appends within a transaction, so that the event is there exactly if what it tells of is.
 *
 * It locks the head of the log first, and holds it until the transaction ends: on PostgreSQL, appends therefore come
 * one after the other. A transaction locks the head after everything else. If all do, whoever waits for the head holds
 * nothing that its holder still needs, and there are no deadlocks.
 * @throws {Error} the head is gone: a log that was damaged is not started anew
 */
export const appendEvent = transaction(
  'audit.append',
  { recorded: true },
  async (db: Connection, event: AuditEvent): Promise<void> => {
    const head = await db.first(takeHead, { id: headId });
    if (head === undefined) throw new Error('The audit log has no head any more');
    const stored = storedFrom(event);
    const hash = entryHash(head.hash, stored);
    const entry = await db.first(insert, { ...stored, hash, previous_hash: head.hash });
    if (entry === undefined) throw new Error('The audit log took no entry');
    await db.rows(moveHead, { id: headId, hash, entry_id: entry.id });
  },
);

/** Whoever comes next waits here, until this transaction ends. */
const takeHead = query((db, params: BindParams<{ id: number }>) =>
  db
    .updateTable('audit_head')
    .set((row) => ({ entries: row('entries', '+', row.lit(1)) }))
    .where('id', '=', params.id)
    .returning('hash'),
);

const insert = query((db, params: BindParams<StoredEvent & { hash: string; previous_hash: string }>) =>
  db
    .insertInto('audit_events')
    .values({
      at: params.at,
      actor_kind: params.actor_kind,
      actor_id: params.actor_id,
      action: params.action,
      subject: params.subject,
      address: params.address,
      detail: params.detail,
      before: params.before,
      after: params.after,
      hash: params.hash,
      previous_hash: params.previous_hash,
    })
    .returning('id'),
);

const moveHead = query((db, params: BindParams<{ id: number; hash: string; entry_id: number }>) =>
  db.updateTable('audit_head').set({ hash: params.hash, entry_id: params.entry_id }).where('id', '=', params.id),
);

function storedFrom(event: AuditEvent): StoredEvent {
  return {
    at: event.at,
    actor_kind: event.actor.kind,
    actor_id: idOf(event.actor),
    action: event.action,
    subject: event.subject,
    address: event.from ?? null,
    detail: textOf(event.detail),
    before: textOf(event.before),
    after: textOf(event.after),
  };
}

/** As it is stored. */
function idOf(actor: Actor): string | null {
  return 'id' in actor ? String(actor.id) : null;
}

function textOf(record: AuditRecord | undefined): string | null {
  return record === undefined ? null : JSON.stringify(record);
}
