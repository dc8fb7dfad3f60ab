import type { AuditEvent, AuditRecord } from '../../ports/audit.ts';
import type { Application, AuditEntry } from '../../ports/store/index.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Layout } from '../ui/layout.tsx';
import { Name } from '../ui/name.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import type { Shell } from '../ui/shell.ts';
import { Table } from '../ui/table.tsx';
import { sectionOf } from './member.ts';

export interface HistoryViewProps {
  readonly shell: Shell;
  readonly application: Application;
  readonly entries: readonly AuditEntry[];
  readonly viewerId: number;
  readonly memberIds: readonly number[];
}

export function HistoryView({ shell, application, entries, viewerId, memberIds }: HistoryViewProps) {
  const { developer, minute } = shell.messages;
  const { history } = developer;
  const who = ({ actor }: AuditEvent) => {
    if (actor.kind !== 'user') return history.staff;
    if (actor.id === viewerId) return history.you;
    return memberIds.includes(actor.id) ? history.member : history.staff;
  };
  const rows = entries.map((entry) => ({
    key: String(entry.id),
    cells: [
      minute(entry.at),
      <code key="action">{entry.action}</code>,
      who(entry),
      <Changes key="changes" event={entry} />,
    ],
  }));
  return (
    <Layout shell={shell} title={history.title} width="wide" section={sectionOf(shell, application.clientId)}>
      <PageHeader title={history.title}>{history.lead}</PageHeader>
      {rows.length === 0 ? (
        <EmptyState title={history.none}>{history.lead}</EmptyState>
      ) : (
        <Table
          caption={history.title}
          columns={[history.time, history.action, history.actor, history.detail]}
          rows={rows}
        />
      )}
    </Layout>
  );
}

/** What was changed, before and after; also on the page of the audit log. */
export function Changes({ event }: { readonly event: AuditEvent }) {
  const { before, after, detail } = event;
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const value = (from: AuditRecord | undefined, name: string) => String(from?.[name] ?? '–');
  return (
    <ul class="plain changes">
      {names.map((name) => (
        <li key={name}>
          {name}: <Name>{value(before, name)}</Name> → <Name>{value(after, name)}</Name>
        </li>
      ))}
      {Object.entries(detail ?? {}).map(([name, text]) => (
        <li key={`detail ${name}`}>
          {name}: <Name>{String(text ?? '–')}</Name>
        </li>
      ))}
    </ul>
  );
}
