import { auditActions } from '../../audit/actions.ts';
import type { AuditEntry } from '../../ports/store/index.ts';
import type { PageContext } from '../page-context.ts';
import { Changes, hasChanges } from '../shared/changes.tsx';
import { ButtonLink } from '../ui/forms/button.tsx';
import { urlWithQuery } from '../ui/forms/search-form.tsx';
import { noWrapColumn } from '../ui/table.tsx';
import { LongValue } from '../ui/text/breakable.tsx';
import { InlineCode } from '../ui/text/lines.tsx';
import { ListPage, type ListViewProps } from './list-page.tsx';

const path = '/admin/audit/';

export function AuditView(props: ListViewProps<AuditEntry>) {
  const { context, filters } = props;
  const { admin } = context.messages;
  const { log } = admin;
  return (
    <ListPage
      {...props}
      title={log.title}
      lead={log.lead}
      path={path}
      search={{
        label: admin.search,
        submit: log.apply,
        hasText: true,
        fields: [
          { name: 'action', label: log.action, hint: log.actionHint, suggestions: auditActions },
          { name: 'subject', label: log.subject, hint: log.subjectHint },
          { name: 'actor', label: log.actor, hint: log.actorHint },
          { name: 'since', label: log.since, type: 'date' },
          { name: 'until', label: log.until, type: 'date' },
        ],
      }}
      columns={[
        noWrapColumn(log.number),
        noWrapColumn(log.time),
        noWrapColumn(log.actor),
        log.action,
        log.subject,
        log.detail,
      ]}
      rowOf={(entry) => ({ key: String(entry.id), cells: cellsOf(context, entry) })}
      below={filters.problems.length > 0 ? null : <Export context={context} filters={filters} />}
    />
  );
}

/** Downloads the entries that match the filters. The buttons say whether these are all entries or the found ones. */
function Export({ context, filters: { entered } }: Pick<ListViewProps<AuditEntry>, 'context' | 'filters'>) {
  const { exportAll, exportFound } = context.messages.admin.log;
  const { after: _, ...filters } = entered;
  const text = Object.values(filters).some((value) => value !== '') ? exportFound : exportAll;
  return (
    <div class="actions">
      <ButtonLink href={urlWithQuery(`${path}export/`, { ...filters, format: 'jsonl' })}>{text('JSON')}</ButtonLink>
      <ButtonLink href={urlWithQuery(`${path}export/`, { ...filters, format: 'csv' })}>{text('CSV')}</ButtonLink>
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
    <InlineCode key="action">{entry.action}</InlineCode>,
    <LongValue key="subject">{entry.subject}</LongValue>,
    hasChanges(entry) ? <Changes key="changes" context={context} event={entry} /> : '',
  ];
}
