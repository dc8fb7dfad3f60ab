import { Readable } from 'node:stream';
import { exportAudit } from '../../audit/export.ts';
import type { AuditFields } from '../../audit/fields.ts';
import { readActionFilter, readActorFilter, readSubjectFilter } from '../../audit/filter.ts';
import { actorText, momentText, readMoment } from '../../audit/text.ts';
import type { Viewer } from '../../http/guards/session.ts';
import type { AuditQuery, Store } from '../../ports/store/index.ts';
import type { PageRequest, PageResponse } from '../page.ts';
import { afterRow, choiceFilter, type Filter, pageSize, readFilters, textFilter } from '../shared/filters.ts';
import { contextForUseCase } from '../use-case-context.ts';
import { AuditView, type AuditViewProps } from './audit-view.tsx';

/** `/admin/audit/`: who did what. */
export async function showAuditLog({ services, context, query }: PageRequest<Viewer>): Promise<PageResponse> {
  const { store } = services;
  const asked = await readFilters(context, query, { ...filtersOf(store), after: afterRow });
  if (asked.problems.length > 0) return refused(context, asked);
  const { after, ...filter } = asked.values;
  const before = after === undefined ? undefined : Number(after);
  const listed = await store.audit.list({ ...filter, limit: pageSize, before });
  return { kind: 'page', view: <AuditView context={context} asked={asked} {...listed} /> };
}

function refused(context: AuditViewProps['context'], asked: AuditViewProps['asked']): PageResponse {
  return { kind: 'page', status: 400, view: <AuditView context={context} asked={asked} entries={[]} next={null} /> };
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

/** A day in UTC, as the moment so many milliseconds after it began. */
function dayFilter(param: string, later: number): Filter<number> {
  return {
    param,
    read: (text, { messages }) => {
      const at = text.length === 10 ? readMoment(text) : undefined;
      return at === undefined
        ? { outcome: 'wrong', message: messages.filters.badDay(text) }
        : { outcome: 'ok', value: at + later };
    },
  };
}

/**
 * `/admin/audit/export/`: what the filters of the page let through, as lines of JSON or as CSV. That it was taken is
 * itself an entry.
 */
export async function downloadAuditLog(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { services, context, query } = request;
  const { store } = services;
  const format = { ...choiceFilter('format', ['jsonl', 'csv']), isHidden: true } as const;
  const asked = await readFilters(context, query, { ...filtersOf(store), format });
  if (asked.problems.length > 0) return refused(context, asked);
  const { format: chosen = 'jsonl', ...filter } = asked.values;
  await noteExport(request, filter);
  const body = Readable.from(exportAudit(store.audit, chosen, { filter }));
  const contentType = chosen === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8';
  return { kind: 'document', contentType, body, fileName: `audit.${chosen}` };
}

async function noteExport(request: PageRequest<Viewer>, filter: Omit<AuditQuery, 'limit'>): Promise<void> {
  const { now, actor, from } = contextForUseCase(request);
  const detail = recordOf(filter);
  const event = { at: now, actor, action: 'audit.exported', subject: 'audit', detail };
  await request.services.store.audit.append({ ...event, ...(from !== undefined && { from }) });
}

/**
 * Which entries were asked for. Of a search only that there was one: its text could be anything, and an entry stays for
 * ever.
 */
function recordOf({ search, action, subject, actor, since, until }: Omit<AuditQuery, 'limit'>): AuditFields {
  return {
    ...(search !== undefined && { search: true }),
    ...(action !== undefined && { action }),
    ...(subject !== undefined && { subject }),
    ...(actor !== undefined && { actor: actorText(actor) }),
    ...(since !== undefined && { since: momentText(since) }),
    ...(until !== undefined && { until: momentText(until) }),
  };
}
