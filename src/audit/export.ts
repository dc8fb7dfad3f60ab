import type { AuditEntry, AuditLog, AuditQuery } from '../ports/store/index.ts';
import { csvHeader, csvOf, jsonOf } from './text.ts';

const batch = 1000;

export type ExportFormat = 'jsonl' | 'csv';

interface ExportOptions {
  /**
   * Only these entries, newest first, as they are listed. Absent or empty: all, oldest first, as they were appended and
   * chained.
   */
  readonly filter?: Omit<AuditQuery, 'limit' | 'before'>;
  /** Hears how many entries were in each part. */
  readonly written?: (entries: number) => void;
}

/** The audit log as text, a part at a time. */
export async function* exportAudit(
  audit: Pick<AuditLog, 'readAll' | 'list'>,
  format: ExportFormat,
  { filter = {}, written = () => {} }: ExportOptions = {},
): AsyncGenerator<string> {
  if (format === 'csv') yield csvHeader;
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  for await (const entries of isFiltered ? filtered(audit, filter) : all(audit)) {
    yield entries.map((entry) => (format === 'csv' ? csvOf(entry) : `${JSON.stringify(jsonOf(entry))}\n`)).join('');
    written(entries.length);
  }
}

type Parts = AsyncGenerator<readonly AuditEntry[]>;

async function* all(audit: Pick<AuditLog, 'readAll'>): Parts {
  for (let after: number | null = null; ; ) {
    const entries: readonly AuditEntry[] = await audit.readAll(after, batch);
    const last = entries.at(-1);
    if (last === undefined) return;
    yield entries;
    after = last.id;
  }
}

async function* filtered(audit: Pick<AuditLog, 'list'>, filter: Omit<AuditQuery, 'limit' | 'before'>): Parts {
  for (let before: number | undefined; ; ) {
    const page: Awaited<ReturnType<AuditLog['list']>> = await audit.list({ ...filter, before, limit: batch });
    yield page.entries;
    if (page.next === null) return;
    before = page.next;
  }
}
