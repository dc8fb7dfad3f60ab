import type { AuditLog } from '../ports/store/index.ts';
import { csvHeader, csvOf, jsonOf } from './audit-text.ts';

const batch = 1000;

export type ExportFormat = 'jsonl' | 'csv';

/** The whole audit log as text, oldest first, a part at a time. `written` hears how many entries were in each part. */
export async function* exportAudit(
  audit: Pick<AuditLog, 'readAll'>,
  format: ExportFormat,
  written: (entries: number) => void = () => {},
): AsyncGenerator<string> {
  if (format === 'csv') yield csvHeader;
  let after: number | null = null;
  for (;;) {
    const entries: Awaited<ReturnType<AuditLog['readAll']>> = await audit.readAll(after, batch);
    const last = entries.at(-1);
    if (last === undefined) return;
    yield entries.map((entry) => (format === 'csv' ? csvOf(entry) : `${JSON.stringify(jsonOf(entry))}\n`)).join('');
    written(entries.length);
    after = last.id;
  }
}
