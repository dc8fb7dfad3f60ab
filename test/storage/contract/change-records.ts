import type { ChangeRecord } from '../../../src/ports/change-record.ts';
import type { Store } from '../../../src/ports/store/index.ts';
import { now, unique } from './fixtures.ts';

/** An audit entry and an email that no other change has. */
export function newChangeRecord(at = now): ChangeRecord {
  const name = unique();
  return {
    event: { at, actor: { kind: 'command-line' }, action: 'test.changed', subject: name },
    mails: [{ to: `${name}@example.org`, subject: 'Changed', text: 'Changed', html: '<p>Changed</p>' }],
  };
}

/** Counts the audit entries and emails of a change. */
export async function timesStored(store: Store, { event, mails = [] }: ChangeRecord) {
  const entries = await store.audit.latest(1000);
  const queued = await Promise.all(mails.map(({ to }) => store.mails.list({ limit: 1000, to })));
  return {
    entries: entries.filter(({ subject }) => subject === event.subject).length,
    mails: queued.flatMap(({ rows }) => rows).length,
  };
}

export const once = { entries: 1, mails: 1 };
export const never = { entries: 0, mails: 0 };

/** Reads all pages of a list. */
export async function readPages<Row>(
  read: (after: {
    readonly after?: string;
  }) => Promise<{ readonly rows: readonly Row[]; readonly next: string | null }>,
): Promise<readonly (readonly Row[])[]> {
  const pages: (readonly Row[])[] = [];
  let after: string | null | undefined;
  while (after !== null) {
    const { rows, next } = await read(after === undefined ? {} : { after });
    pages.push(rows);
    after = next;
  }
  return pages;
}
