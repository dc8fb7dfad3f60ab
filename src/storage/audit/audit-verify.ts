import { setImmediate } from 'node:timers/promises';
import type { AuditKeys } from '../../ports/keys.ts';
import type { AuditVerdict, VerifyOptions } from '../../ports/store/index.ts';
import type { Connection } from '../core/engine.ts';
import { AnchorCheck } from './audit-anchors.ts';
import { AuthenticationCheck } from './audit-authentication.ts';
import { verifyChain } from './audit-chain.ts';
import { genesisHash } from './audit-hash.ts';
import { beforeFirst, headId, oldestFirst, readHead } from './audit-rows.ts';

const batchSize = 1000;

type Broken = Extract<AuditVerdict, { readonly outcome: 'broken' }>;

/**
 * Checks the log up to its head at the start of the check.
 * @param keys absent: this process has no ring
 */
export async function verifyLog(
  db: Connection,
  keys: AuditKeys | undefined,
  { anchors = [], progress = () => undefined }: VerifyOptions = {},
): Promise<AuditVerdict> {
  const authentication = new AuthenticationCheck(keys);
  const anchored = new AnchorCheck(anchors);
  const chain = await verifyEntries(db, authentication, anchored, progress);
  if (chain.outcome === 'broken') return chain;
  const { entries, lastId, head } = chain;
  const broken = (id: number | null, reason: Broken['reason']): Broken => {
    return { outcome: 'broken', id, reason, sound: entries };
  };
  if (authentication.isUnprotected) return broken(null, 'unprotected');
  if (anchored.missing !== undefined) return broken(anchored.missing, 'unanchored');
  const { unchecked, unkeyed, sealed } = authentication;
  if (unchecked.length > 0) return { outcome: 'unchecked', entries, keys: unchecked };
  return { outcome: 'ok', entries, lastId, head, unkeyed, sealed };
}

type ChainVerdict = Broken | { outcome: 'sound'; entries: number; lastId: number | null; head: string };

/** Checks the entries one by one: their hashes, then their codes. Collects which anchors are among them. */
async function verifyEntries(
  db: Connection,
  authentication: AuthenticationCheck,
  anchored: AnchorCheck,
  progress: (checked: number) => void,
): Promise<ChainVerdict> {
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
    for (const [index, entry] of entries.slice(0, check.sound).entries()) {
      const reason = authentication.add(entry);
      if (reason !== undefined) return { outcome: 'broken', id: entry.id, reason, sound: sound + index };
      anchored.add(entry);
    }
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
  return { outcome: 'sound', entries: sound, lastId: sound === 0 ? null : end.entry_id, head };
}

/** The id of an entry after `end`, unless the head has moved there since, because it was appended meanwhile. */
async function findBeyond(db: Connection, end: number): Promise<number | undefined> {
  const next = (await db.rows(oldestFirst, { after: end, limit: 1 }))[0];
  if (next === undefined) return undefined;
  const head = await db.first(readHead, { id: headId });
  return head !== undefined && head.entry_id >= next.id ? undefined : next.id;
}
