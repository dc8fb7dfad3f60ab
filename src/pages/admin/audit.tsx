import { Readable } from 'node:stream';
import { exportAudit } from '../../desk/audit-export.ts';
import type { Viewer } from '../../http/guards/session.ts';
import type { Actor } from '../../ports/audit.ts';
import type { AuditQuery } from '../../ports/store/index.ts';
import { deskOf } from '../desk.ts';
import type { Page, PageRequest } from '../page.ts';
import { AuditView } from './audit-view.tsx';
import { idFrom, pageSize } from './query.ts';

/** `/admin/audit/`: who did what. */
export const auditPage: Page = {
  path: '/admin/audit/',
  guard: 'staff',
  power: 'read',
  get: async (request) => {
    const { services, shell, query } = request;
    const before = idFrom(query.get('after'));
    const filter = filterFrom(request);
    const page = await services.store.audit.list({
      ...filter,
      limit: pageSize,
      ...(before !== undefined && { before }),
    });
    const typed = Object.fromEntries(filterNames.map((name) => [name, query.get(name)?.slice(0, 100) ?? '']));
    return { kind: 'page', view: <AuditView shell={shell} typed={typed} entries={page.entries} next={page.next} /> };
  },
};

export const filterNames = ['q', 'action', 'subject', 'actor', 'since', 'until'] as const;

const dayMs = 86_400_000;

/** What the address asks for; what can't be read is not asked for. */
function filterFrom({ query }: PageRequest<Viewer>): Omit<AuditQuery, 'limit' | 'before'> {
  const text = (name: string) => {
    const value = query.get(name)?.trim();
    return value === undefined || value === '' || value.length > 100 ? undefined : value;
  };
  const [since, until, actor] = [dayFrom(text('since')), dayFrom(text('until')), actorFrom(text('actor'))];
  return {
    search: text('q'),
    action: text('action'),
    subject: text('subject'),
    actor,
    since,
    until: until === undefined ? undefined : until + dayMs,
  };
}

function dayFrom(text: string | undefined): number | undefined {
  const time = text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

function actorFrom(text: string | undefined): Actor | undefined {
  if (text === 'command-line' || text === 'platform') return { kind: text };
  const [kind, id] = text?.split(':') ?? [];
  const userId = idFrom(id);
  if (kind === 'user' && userId !== undefined) return { kind, id: userId };
  return kind === 'application' && id !== undefined ? { kind, id } : undefined;
}

/** `/admin/audit/export/`: all of it, oldest first, as lines of JSON or as CSV. That it was taken is itself an entry. */
export const auditExportPage: Page = {
  path: '/admin/audit/export/',
  guard: 'staff',
  power: 'read',
  get: async (request) => {
    const { store } = request.services;
    const asCsv = request.query.get('format') === 'csv';
    const { now, actor, from } = deskOf(request);
    const action = 'audit.exported';
    await store.audit.append({ at: now, actor, action, subject: 'audit', ...(from !== undefined && { from }) });
    const body = Readable.from(exportAudit(store.audit, asCsv ? 'csv' : 'jsonl'));
    const contentType = asCsv ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8';
    return { kind: 'document', contentType, body, fileName: asCsv ? 'audit.csv' : 'audit.jsonl' };
  },
};
