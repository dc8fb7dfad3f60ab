import type { Application } from '../../ports/store/index.ts';
import { ApplicationState } from '../developer/home-view.tsx';
import type { Asked } from '../filters.ts';
import { FilteredList } from '../ui/filtered-list.tsx';
import { Name } from '../ui/name.tsx';
import { NextPart, SearchForm } from '../ui/search-form.tsx';
import type { Shell } from '../ui/shell.ts';
import { oneLine, Table } from '../ui/table.tsx';
import { ConsolePage } from './console-page.tsx';

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
      <FilteredList
        shell={shell}
        problems={asked.problems}
        form={
          <SearchForm
            action={path}
            label={texts.search}
            submit={admin.search}
            problems={asked.problems}
            text={asked.typed.q ?? ''}
            filters={[{ name: 'status', label: texts.status, value: asked.typed.status ?? '', options }]}
          />
        }
        isEmpty={rows.length === 0}
        none={{ title: admin.nothing, hint: admin.nothingHint }}
      >
        <Table
          caption={texts.list}
          columns={[developer.home.name, texts.grantType, oneLine(texts.status), oneLine(developer.home.since)]}
          rows={rows.map((row) => ({ key: row.id, cells: cells(row) }))}
        />
      </FilteredList>
      <NextPart path={path} query={asked.typed} next={next} text={admin.older} />
    </ConsolePage>
  );
}
