import type { Actor, AuditEvent, AuditRecord } from '../../ports/audit.ts';
import type { AuditKeys } from '../../ports/keys.ts';
import type { AuditEntry, AuditLog } from '../../ports/store/index.ts';
import type { Connection, Engine } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { transaction } from '../core/transaction.ts';
import type { AuditEventRow, AuditHeadRow } from '../schema/audit.ts';
import { entryHash, entryMac, type StoredEvent } from './audit-hash.ts';
import { historyOf } from './audit-history.ts';
import { listEntries } from './audit-list.ts';
import { auditEntryFrom, beforeFirst, headId, oldestFirst, readHead } from './audit-rows.ts';
import { verifyLog } from './audit-verify.ts';

export function audit(engine: Engine): AuditLog {
  let used: AuditKeys | undefined;
  return {
    append: (event) => engine.transact(appendEvent, event),
    latest: async (limit) => (await engine.rows(newestFirst, { limit })).map(auditEntryFrom).map(eventOf),
    list: (filter) => listEntries(engine, filter),
    history: (filter) => historyOf(engine, filter),
    readAll: async (after, limit) =>
      (await engine.rows(oldestFirst, { after: after ?? beforeFirst, limit })).map(auditEntryFrom),
    useKeys: (keys) => {
      used = keys;
      engine.useAuditKey(() => keys.current());
    },
    protect: async (event) => {
      const head = await engine.first(readHead, { id: headId });
      if (head === undefined || head.entries === 0 || head.key !== null) return false;
      await engine.transact(appendEvent, event);
      return true;
    },
    keyNames: async () => (await engine.rows(distinctKeys, {})).flatMap(({ key }) => (key === null ? [] : [key])),
    head: async () => {
      const head = await engine.first(readHead, { id: headId });
      return head === undefined || head.entries === 0 ? undefined : { id: head.entry_id, hash: head.hash };
    },
    verify: (options) => verifyLog(engine, used, options),
  };
}

const newestFirst = query((db, params: BindParams<{ limit: number }>) =>
  db.selectFrom('audit_events').selectAll().orderBy('id', 'desc').limit(params.limit),
);

const distinctKeys = query((db) => db.selectFrom('audit_events').select('key').distinct().orderBy('key'));

function eventOf({ id, hash, previousHash, ...event }: AuditEntry): AuditEvent {
  return event;
}

/**
 * Appends an entry within the transaction of the change that it is about, so that both are stored or neither.
 *
 * It locks the head of the log until the transaction ends; on PostgreSQL, appends therefore run one after the other. A
 * transaction must append after all its other writes: then a transaction that waits for the head holds no lock that the
 * head's holder still needs, and there are no deadlocks.
 * @throws {Error} the head is missing: a damaged log is not restarted; or other entries have a key and this process has
 * none: the check of the log would take the entry for a forged one
 */
export const appendEvent = transaction(
  'audit.append',
  { recorded: true },
  async (db: Connection, event: AuditEvent): Promise<void> => {
    const head = await db.first(lockHead, { id: headId });
    if (head === undefined) throw new Error('The audit log has no head any more');
    const { auditKey } = db;
    if (auditKey === undefined && head.key !== null) throw new Error('The audit log needs a key, and there is none');
    const stored = storedFrom(event);
    const hash = entryHash(head.hash, stored);
    const key = auditKey?.name ?? null;
    const mac = auditKey === undefined ? null : entryMac(auditKey, hash);
    const entry = await db.first(insert, { ...stored, hash, previous_hash: head.hash, key, mac });
    if (entry === undefined) throw new Error('The audit log took no entry');
    await db.rows(moveHead, { id: headId, hash, entry_id: entry.id, key });
  },
);

/** Counts the entry, and locks the head: the next append waits here until this transaction ends. */
const lockHead = query((db, params: BindParams<{ id: number }>) =>
  db
    .updateTable('audit_head')
    .set((row) => ({ entries: row('entries', '+', row.lit(1)) }))
    .where('id', '=', params.id)
    .returning(['hash', 'key']),
);

const insert = query((db, params: BindParams<StoredEvent & Omit<AuditEventRow, 'id' | keyof StoredEvent>>) =>
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
      key: params.key,
      mac: params.mac,
    })
    .returning('id'),
);

const moveHead = query((db, params: BindParams<Omit<AuditHeadRow, 'entries'>>) =>
  db
    .updateTable('audit_head')
    .set({ hash: params.hash, entry_id: params.entry_id, key: params.key })
    .where('id', '=', params.id),
);

function storedFrom(event: AuditEvent): StoredEvent {
  return {
    at: event.at,
    actor_kind: event.actor.kind,
    actor_id: actorIdOf(event.actor),
    action: event.action,
    subject: event.subject,
    address: event.from ?? null,
    detail: textOf(event.detail),
    before: textOf(event.before),
    after: textOf(event.after),
  };
}

function actorIdOf(actor: Actor): string | null {
  return 'id' in actor ? String(actor.id) : null;
}

function textOf(record: AuditRecord | undefined): string | null {
  return record === undefined ? null : JSON.stringify(record);
}
