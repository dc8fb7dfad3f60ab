import { Readable } from 'node:stream';
import { exportAudit } from '../../audit/export.ts';
import type { AuditFields } from '../../audit/fields.ts';
import { readActionFilter, readActorFilter, readSubjectFilter } from '../../audit/filter.ts';
import { actorText, momentText, readMoment } from '../../audit/text.ts';
import type { Viewer } from '../../http/guards/session.ts';
import type { AuditQuery, Store } from '../../ports/store/index.ts';
import type { PageRequest, PageResponse } from '../page.ts';
import { afterRow, choiceFilter, type Filter, listPage, pageSize, readFilters, textFilter } from '../shared/filters.ts';
import { contextForUseCase } from '../use-case-context.ts';
import { AuditView } from './audit-view.tsx';

/** `/admin/audit/`: the entries of the audit log, newest first. */
export async function showAuditLog({ services, context, query }: PageRequest<Viewer>): Promise<PageResponse> {
  const { store } = services;
  const filters = await readFilters(context, query, { ...filtersOf(store), after: afterRow });
  return listPage(
    filters,
    async ({ after, ...filter }) => {
      const before = after === undefined ? undefined : Number(after);
      const { entries, next } = await store.audit.list({ ...filter, limit: pageSize, before });
      return { rows: entries, next: next === null ? null : String(next) };
    },
    (page) => <AuditView context={context} filters={filters} {...page} />,
  );
}

function filtersOf(store: Store) {
  return {
    search: textFilter('q'),
    action: { param: 'action', read: (text: string) => readActionFilter(store, text) },
    subject: { param: 'subject', read: (text: string) => readSubjectFilter(store, text) },
    actor: { param: 'actor', read: (text: string) => readActorFilter(store, text) },
    since: dayFilter('since', 0),
    until: dayFilter('until', dayMs),
  };
}

const dayMs = 86_400_000;

/** A day in UTC, as ms since 1970: its start plus `offsetMs`. */
function dayFilter(param: string, offsetMs: number): Filter<number> {
  return {
    param,
    read: (text, { messages }) => {
      const at = text.length === 10 ? readMoment(text) : undefined;
      return at === undefined
        ? { outcome: 'wrong', message: messages.filters.badDay(text) }
        : { outcome: 'ok', value: at + offsetMs };
    },
  };
}

/**
 * `/admin/audit/export/`: the entries that match the filters, as lines of JSON or as CSV. The export itself is recorded
 * in the audit log.
 */
export async function downloadAuditLog(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { services, context, query } = request;
  const { store } = services;
  const format = { ...choiceFilter('format', ['jsonl', 'csv']), isHidden: true } as const;
  const filters = await readFilters(context, query, { ...filtersOf(store), format });
  if (filters.problems.length > 0) {
    const view = <AuditView context={context} filters={filters} rows={[]} next={null} />;
    return { kind: 'page', status: 400, view };
  }
  const { format: chosen = 'jsonl', ...filter } = filters.values;
  await recordExport(request, filter);
  const body = Readable.from(exportAudit(store.audit, chosen, { filter }));
  const contentType = chosen === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8';
  return { kind: 'document', contentType, body, fileName: `audit.${chosen}` };
}

async function recordExport(request: PageRequest<Viewer>, filter: Omit<AuditQuery, 'limit'>): Promise<void> {
  const { now, actor, from } = contextForUseCase(request);
  const detail = detailOf(filter);
  const event = { at: now, actor, action: 'audit.exported', subject: 'audit', detail };
  await request.services.store.audit.append({ ...event, ...(from !== undefined && { from }) });
}

/**
 * The filters of an export. The text of a search is left out: it can contain anything, and entries can't be deleted.
 */
function detailOf({ search, action, subject, actor, since, until }: Omit<AuditQuery, 'limit'>): AuditFields {
  return {
    ...(search !== undefined && { search: true }),
    ...(action !== undefined && { action }),
    ...(subject !== undefined && { subject }),
    ...(actor !== undefined && { actor: actorText(actor) }),
    ...(since !== undefined && { since: momentText(since) }),
    ...(until !== undefined && { until: momentText(until) }),
  };
}
