import { setImmediate } from 'node:timers/promises';
import type { AuditVerdict } from '../../ports/store/index.ts';
import type { Connection } from '../core/engine.ts';
import { type BindParams, query } from '../core/query.ts';
import { verifyChain } from './audit-chain.ts';
import { genesisHash } from './audit-hash.ts';
import { beforeFirst, headId, oldestFirst } from './audit-rows.ts';

const batchSize = 1000;

const readHead = query((db, params: BindParams<{ id: number }>) =>
  db.selectFrom('audit_head').selectAll().where('id', '=', params.id),
);

/**
 * Checks the chain of the log up to its head at the start of the check.
 * @param progress is called after each batch with the number of entries checked so far
 */
export async function verifyLog(db: Connection, progress: (checked: number) => void): Promise<AuditVerdict> {
  const end = await db.first(readHead, { id: headId });
  if (end === undefined) return { outcome: 'broken', id: null, reason: 'headless', sound: 0 };
  let sound = 0;
  let head = genesisHash;
  let last = beforeFirst;
  for (;;) {
    const rows = await db.rows(oldestFirst, { after: last, limit: batchSize });
    const entries = rows.filter(({ id }) => id <= end.entry_id);
    if (entries.length === 0) break;
    const check = verifyChain(entries, head);
    const { broken } = check;
    // The entry that seems to be missing may come in a later batch (reordered): check again, starting from here.
    const isFinal = broken?.reason !== 'missing' || check.sound === 0;
    sound += check.sound;
    if (broken !== undefined && isFinal) return { outcome: 'broken', ...broken, sound };
    head = check.head;
    last = entries[check.sound - 1]?.id ?? last;
    progress(sound);
    await setImmediate();
  }
  if (sound < end.entries) return { outcome: 'broken', id: end.entry_id, reason: 'truncated', sound };
  if (sound > end.entries) return { outcome: 'broken', id: last, reason: 'inserted', sound: end.entries };
  if (head !== end.hash) return { outcome: 'broken', id: last, reason: 'changed', sound: sound - 1 };
  const beyond = await findBeyond(db, end.entry_id);
  if (beyond !== undefined) return { outcome: 'broken', id: beyond, reason: 'inserted', sound };
  return { outcome: 'ok', entries: sound, lastId: sound === 0 ? null : end.entry_id, head };
}

/** The id of an entry after `end`, unless the head has moved there since, because it was appended meanwhile. */
async function findBeyond(db: Connection, end: number): Promise<number | undefined> {
  const next = (await db.rows(oldestFirst, { after: end, limit: 1 }))[0];
  if (next === undefined) return undefined;
  const head = await db.first(readHead, { id: headId });
  return head !== undefined && head.entry_id >= next.id ? undefined : next.id;
}
