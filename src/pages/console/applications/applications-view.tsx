import type { Application } from '../../../ports/store/index.ts';
import { ApplicationState } from '../../developer/home-view.tsx';
import type { Asked } from '../../shared/filters.ts';
import type { Shell } from '../../ui/shell.ts';
import { oneLine } from '../../ui/table.tsx';
import { Name } from '../../ui/text/isolated-text.tsx';
import { ConsoleList } from '../console-list.tsx';
import { ConsolePage } from '../console-page.tsx';

export interface ApplicationsViewProps {
  readonly shell: Shell;
  readonly asked: Asked<object>;
  readonly rows: readonly Application[];
  readonly next: string | null;
}

export function ApplicationsView({ shell, asked, rows, next }: ApplicationsViewProps) {
  const { admin, developer, day } = shell.messages;
  const texts = admin.application;
  const path = '/admin/applications/';
  const options = (['', 'active', 'suspended'] as const).map((value) => ({ value, text: texts.statuses[value] }));
  const cells = (application: Application) => [
    <>
      <a href={`${path}${application.clientId}/`}>
        <Name>{application.name}</Name>
      </a>
      <span class="below">
        <Name>{application.ownerName}</Name>
      </span>
    </>,
    developer.grants[application.grantType],
    <ApplicationState key="state" shell={shell} application={application} />,
    day(application.createdAt),
  ];
  return (
    <ConsolePage shell={shell} name={texts.list}>
      <ConsoleList
        shell={shell}
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
