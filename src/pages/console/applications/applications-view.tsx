import type { Application } from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import type { FilterResult } from '../../shared/filters.ts';
import { ApplicationBadge } from '../../shared/status-badges.tsx';
import { oneLine } from '../../ui/table.tsx';
import { IsolatedName } from '../../ui/text/isolated-text.tsx';
import { ConsoleList } from '../console-list.tsx';
import { ConsolePage } from '../console-page.tsx';

export interface ApplicationsViewProps {
  readonly context: PageContext;
  readonly asked: FilterResult<object>;
  readonly rows: readonly Application[];
  readonly next: string | null;
}

export function ApplicationsView({ context, asked, rows, next }: ApplicationsViewProps) {
  const { admin, developer, day } = context.messages;
  const texts = admin.application;
  const path = '/admin/applications/';
  const options = (['', 'active', 'suspended'] as const).map((value) => ({ value, text: texts.statuses[value] }));
  const cells = (application: Application) => [
    <>
      <a href={`${path}${application.clientId}/`}>
        <IsolatedName>{application.name}</IsolatedName>
      </a>
      <span class="below">
        <IsolatedName>{application.ownerName}</IsolatedName>
      </span>
    </>,
    developer.grants[application.grantType],
    <ApplicationBadge key="state" context={context} application={application} />,
    day(application.createdAt),
  ];
  return (
    <ConsolePage context={context} name={texts.list}>
      <ConsoleList
        context={context}
        path={path}
        asked={asked}
        form={{
          label: texts.search,
          text: asked.typed.q ?? '',
          filters: [{ name: 'status', label: texts.status, value: asked.typed.status ?? '', options }],
        }}
        table={{
          caption: texts.list,
          columns: [developer.home.name, texts.grantType, oneLine(texts.status), oneLine(developer.home.since)],
          rows: rows.map((row) => ({ key: row.id, cells: cells(row) })),
        }}
        next={next}
      />
    </ConsolePage>
  );
}
