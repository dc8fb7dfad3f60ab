import type { Generated } from 'kysely';
import type { Actor } from '../../ports/audit.ts';
import { table } from './table.ts';

export interface AuditEventRow {
  readonly id: Generated<number>;
  readonly at: number;
  readonly actor_kind: Actor['kind'];
  readonly actor_id: string | null;
  readonly action: string;
  readonly subject: string;
  readonly address: string | null;
  /** A JSON object, as are the next two. */
  readonly detail: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly hash: string;
  /** No two entries have the same: the chain has no forks. */
  readonly previous_hash: string;
  /** The name of the key that authenticates the entry; `null`: none, in entries from before migration 0016. */
  readonly key: string | null;
  /** The message authentication code of `hash` under `key`. */
  readonly mac: string | null;
}

/** The end of the chain of audit events. The table has one row. */
export interface AuditHeadRow {
  readonly id: number;
  /** The hash of the last entry. */
  readonly hash: string;
  /** The id of the last entry; 0: there is none. */
  readonly entry_id: number;
  /** The number of entries. */
  readonly entries: number;
  /** The key of the last entry; `null`: no entry has one yet. */
  readonly key: string | null;
}

export const auditTables = {
  audit_events: table<AuditEventRow>({
    appendOnly: true,
    purge: { never: 'Each entry proves that those before it are unchanged (decision 8)' },
  }),
  audit_head: table<AuditHeadRow>({ replacedByRestore: true, purge: { never: 'It is one row' } }),
};
