import type { Application } from '../../ports/store/index.ts';
import { ApplicationState } from '../developer/home-view.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Name } from '../ui/name.tsx';
import { NextPart, SearchForm } from '../ui/search-form.tsx';
import type { Shell } from '../ui/shell.ts';
import { Table } from '../ui/table.tsx';
import { ConsolePage } from './console-page.tsx';

export interface ApplicationsViewProps {
  readonly shell: Shell;
  readonly text: string;
  readonly status: Application['status'] | '';
  readonly rows: readonly Application[];
  readonly next: string | null;
}

export function ApplicationsView({ shell, text, status, rows, next }: ApplicationsViewProps) {
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
      <SearchForm
        action={path}
        label={texts.search}
        submit={admin.search}
        text={text}
        filters={[{ name: 'status', label: texts.status, value: status, options }]}
      />
      {rows.length === 0 ? (
        <EmptyState title={admin.nothing}>{admin.nothingHint}</EmptyState>
      ) : (
        <Table
          caption={texts.list}
          columns={[developer.home.name, texts.grantType, texts.status, developer.home.since]}
          rows={rows.map((row) => ({ key: row.id, cells: cells(row) }))}
        />
      )}
      <NextPart path={path} query={{ q: text, status }} next={next} text={admin.older} />
    </ConsolePage>
  );
}
