import { auditActions } from '../../audit/actions.ts';
import type { AuditEntry } from '../../ports/store/index.ts';
import type { PageContext } from '../page-context.ts';
import { Changes, hasChanges } from '../shared/changes.tsx';
import type { FilterResult } from '../shared/filters.ts';
import { ButtonLink } from '../ui/forms/button.tsx';
import { withQuery } from '../ui/forms/search-form.tsx';
import { oneLine } from '../ui/table.tsx';
import { Breakable } from '../ui/text/breakable.tsx';
import { Literal } from '../ui/text/lines.tsx';
import { ConsoleList } from './console-list.tsx';
import { ConsolePage } from './console-page.tsx';

export interface AuditViewProps {
  readonly context: PageContext;
  readonly asked: FilterResult<object>;
  readonly entries: readonly AuditEntry[];
  readonly next: number | null;
}

const path = '/admin/audit/';

export function AuditView({ context, asked, entries, next }: AuditViewProps) {
  const { log } = context.messages.admin;
  return (
    <ConsolePage context={context} name={log.title} lead={log.lead}>
      <ConsoleList
        context={context}
        path={path}
        asked={asked}
        form={formOf(context, asked)}
        table={{
          caption: log.title,
          columns: [oneLine(log.number), oneLine(log.time), oneLine(log.actor), log.action, log.subject, log.detail],
          rows: entries.map((entry) => ({ key: String(entry.id), cells: cellsOf(context, entry) })),
        }}
        next={next === null ? null : String(next)}
      />
      {asked.problems.length > 0 ? null : <Export context={context} asked={asked} />}
    </ConsolePage>
  );
}

function formOf(context: PageContext, { typed }: AuditViewProps['asked']) {
  const { admin } = context.messages;
  const { log } = admin;
  const field = (name: string, label: string) => ({ name, label, value: typed[name] ?? '' });
  return {
    label: admin.search,
    submit: log.apply,
    text: typed.q ?? '',
    fields: [
      { ...field('action', log.action), hint: log.actionHint, suggestions: auditActions },
      { ...field('subject', log.subject), hint: log.subjectHint },
      { ...field('actor', log.actor), hint: log.actorHint },
      { ...field('since', log.since), type: 'date' as const },
      { ...field('until', log.until), type: 'date' as const },
    ],
  };
}

/** What is exported is what the filters let through; the buttons say which of both it is. */
function Export({ context, asked: { typed } }: Pick<AuditViewProps, 'context' | 'asked'>) {
  const { exportAll, exportFound } = context.messages.admin.log;
  const { after: _, ...filters } = typed;
  const text = Object.values(filters).some((value) => value !== '') ? exportFound : exportAll;
  return (
    <div class="actions">
      <ButtonLink href={withQuery(`${path}export/`, { ...filters, format: 'jsonl' })}>{text('JSON')}</ButtonLink>
      <ButtonLink href={withQuery(`${path}export/`, { ...filters, format: 'csv' })}>{text('CSV')}</ButtonLink>
    </div>
  );
}

function cellsOf(context: PageContext, entry: AuditEntry) {
  const { admin, minute } = context.messages;
  const { actor, from } = entry;
  const who = 'id' in actor ? `${admin.log.actors[actor.kind]} ${actor.id}` : admin.log.actors[actor.kind];
  return [
    entry.id,
    minute(entry.at),
    <>
      {actor.kind === 'user' ? <a href={`/admin/users/${actor.id}/`}>{who}</a> : who}
      {from === undefined ? null : <span class="below">{from}</span>}
    </>,
    <Literal key="action">{entry.action}</Literal>,
    <Breakable key="subject">{entry.subject}</Breakable>,
    hasChanges(entry) ? <Changes key="changes" context={context} event={entry} /> : '',
  ];
}
