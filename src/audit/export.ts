import type { AuditEntry, AuditLog, AuditQuery } from '../ports/store/index.ts';
import { anchorField, anchorText } from './anchors.ts';
import { csvHeader, csvOf, jsonOf } from './text.ts';

/** Entries that one query reads. */
const batchSize = 1000;

export type ExportFormat = 'jsonl' | 'csv';

interface ExportOptions {
  /**
   * Exports only the entries that match, newest first, as lists show them. Absent or empty: all entries, oldest first,
   * in the order of the hash chain.
   */
  readonly filter?: Omit<AuditQuery, 'limit' | 'before'>;
  /** Called with the number of entries of each part. */
  readonly onPart?: (entries: number) => void;
}

/**
 * The audit log as text, in parts of at most {@link batchSize} entries, so that it is never in memory as a whole. An
 * export of all entries as JSON ends with a line that has the anchor of the last one.
 */
export async function* exportAudit(
  audit: Pick<AuditLog, 'readAll' | 'list'>,
  format: ExportFormat,
  { filter = {}, onPart = () => {} }: ExportOptions = {},
): AsyncGenerator<string> {
  if (format === 'csv') yield csvHeader;
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  let last: AuditEntry | undefined;
  for await (const entries of isFiltered ? readFiltered(audit, filter) : readAll(audit)) {
    yield entries.map((entry) => (format === 'csv' ? csvOf(entry) : `${JSON.stringify(jsonOf(entry))}\n`)).join('');
    onPart(entries.length);
    last = entries.at(-1) ?? last;
  }
  if (format === 'jsonl' && !isFiltered && last !== undefined) {
    yield `${JSON.stringify({ [anchorField]: anchorText(last) })}\n`;
  }
}

type Batches = AsyncGenerator<readonly AuditEntry[]>;

async function* readAll(audit: Pick<AuditLog, 'readAll'>): Batches {
  for (let after: number | null = null; ; ) {
    const entries: readonly AuditEntry[] = await audit.readAll(after, batchSize);
    const last = entries.at(-1);
    if (last === undefined) return;
    yield entries;
    after = last.id;
  }
}

async function* readFiltered(audit: Pick<AuditLog, 'list'>, filter: Omit<AuditQuery, 'limit' | 'before'>): Batches {
  for (let before: number | undefined; ; ) {
    const page: Awaited<ReturnType<AuditLog['list']>> = await audit.list({ ...filter, before, limit: batchSize });
    yield page.entries;
    if (page.next === null) return;
    before = page.next;
  }
}
