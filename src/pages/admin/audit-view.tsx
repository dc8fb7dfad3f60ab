import type { AuditEntry } from '../../ports/store/index.ts';
import { Changes } from '../developer/history-view.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Name } from '../ui/name.tsx';
import { NextPart, SearchForm } from '../ui/search-form.tsx';
import type { Shell } from '../ui/shell.ts';
import { Table } from '../ui/table.tsx';
import { ConsolePage } from './console-page.tsx';

export interface AuditViewProps {
  readonly shell: Shell;
  /** The filters as they were typed. */
  readonly typed: Readonly<Record<string, string>>;
  readonly entries: readonly AuditEntry[];
  readonly next: number | null;
}

export function AuditView({ shell, typed, entries, next }: AuditViewProps) {
  const { admin } = shell.messages;
  const { log } = admin;
  const path = '/admin/audit/';
  const field = (name: string, label: string, type: 'text' | 'date' = 'text') => ({
    name,
    label,
    value: typed[name] ?? '',
    type,
  });
  return (
    <ConsolePage shell={shell} name={log.title} lead={log.lead}>
      <SearchForm
        action={path}
        label={admin.search}
        submit={admin.search}
        text={typed.q ?? ''}
        fields={[
          field('action', log.action),
          field('subject', log.subject),
          field('actor', log.actor),
          field('since', log.since, 'date'),
          field('until', log.until, 'date'),
        ]}
      />
      {entries.length === 0 ? (
        <EmptyState title={admin.nothing}>{admin.nothingHint}</EmptyState>
      ) : (
        <Table
          caption={log.title}
          columns={[log.number, log.time, log.actor, log.action, log.subject, log.from, log.detail]}
          rows={entries.map((entry) => ({ key: String(entry.id), cells: cellsOf(shell, entry) }))}
        />
      )}
      <NextPart path={path} query={typed} next={next === null ? null : String(next)} text={admin.older} />
      <div class="actions">
        <ButtonLink href="/admin/audit/export/?format=jsonl">{`${log.export} (JSON)`}</ButtonLink>
        <ButtonLink href="/admin/audit/export/?format=csv">{`${log.export} (CSV)`}</ButtonLink>
      </div>
    </ConsolePage>
  );
}

function cellsOf(shell: Shell, entry: AuditEntry) {
  const { admin, minute } = shell.messages;
  const { actor } = entry;
  const who = 'id' in actor ? `${admin.log.actors[actor.kind]} ${actor.id}` : admin.log.actors[actor.kind];
  return [
    entry.id,
    minute(entry.at),
    actor.kind === 'user' ? <a href={`/admin/users/${actor.id}/`}>{who}</a> : who,
    <code key="action">{entry.action}</code>,
    <Name key="subject">{entry.subject}</Name>,
    entry.from ?? '',
    <Changes key="changes" event={entry} />,
  ];
}
