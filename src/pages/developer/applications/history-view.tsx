import type { Application, HistoryEntry } from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import { Changes, hasChanges } from '../../shared/changes.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Layout } from '../../ui/layout.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { noWrapColumn, Table } from '../../ui/table.tsx';
import { applicationSection } from '../members/membership.ts';

export interface HistoryViewProps {
  readonly context: PageContext;
  readonly application: Application;
  readonly entries: readonly HistoryEntry[];
  readonly viewerId: number;
}

export function HistoryView({ context, application, entries, viewerId }: HistoryViewProps) {
  const { developer, minute } = context.messages;
  const { history } = developer;
  const actorText = ({ memberId }: HistoryEntry) => {
    if (memberId === null) return history.staff;
    return memberId === viewerId ? history.you : history.member;
  };
  const rows = entries.map((entry) => ({
    key: String(entry.id),
    cells: [
      minute(entry.at),
      actionText(context, entry.action),
      actorText(entry),
      hasChanges(entry) ? <Changes key="changes" context={context} event={entry} /> : '',
    ],
  }));
  return (
    <Layout
      context={context}
      title={history.title}
      width="wide"
      section={applicationSection(context, application.clientId)}
    >
      <PageHeader title={history.title}>{history.lead}</PageHeader>
      {rows.length === 0 ? (
        <EmptyState title={history.none}>{history.lead}</EmptyState>
      ) : (
        <Table
          caption={history.title}
          columns={[noWrapColumn(history.time), history.action, noWrapColumn(history.actor), history.detail]}
          rows={rows}
        />
      )}
    </Layout>
  );
}

/** The text for an action. An entry of another release can have an action without a text; it is shown as stored. */
function actionText({ messages }: PageContext, action: string): string {
  const { auditActions } = messages;
  return Object.hasOwn(auditActions, action) ? auditActions[action as keyof typeof auditActions] : action;
}
