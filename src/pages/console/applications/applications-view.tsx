import type { Application } from '../../../ports/store/index.ts';
import { ApplicationBadge } from '../../shared/status-badges.tsx';
import { noWrapColumn } from '../../ui/table.tsx';
import { IsolatedName } from '../../ui/text/isolated-text.tsx';
import { ListPage, type ListViewProps } from '../list-page.tsx';
import { consolePathOf } from '../section.ts';

export function ApplicationsView(props: ListViewProps<Application>) {
  const { context } = props;
  const { admin, developer, day } = context.messages;
  const texts = admin.application;
  const options = (['', 'active', 'suspended'] as const).map((value) => ({ value, text: texts.statuses[value] }));
  return (
    <ListPage
      {...props}
      title={texts.list}
      path="/admin/applications/"
      search={{ label: texts.search, hasText: true, choices: [{ name: 'status', label: texts.status, options }] }}
      columns={[developer.home.name, texts.grantType, noWrapColumn(texts.status), noWrapColumn(developer.home.since)]}
      rowOf={(application) => ({
        key: application.id,
        cells: [
          <>
            <a href={consolePathOf(application.clientId)}>
              <IsolatedName>{application.name}</IsolatedName>
            </a>
            <span class="below">
              <IsolatedName>{application.ownerName}</IsolatedName>
            </span>
          </>,
          developer.grants[application.grantType],
          <ApplicationBadge key="status" context={context} application={application} />,
          day(application.createdAt),
        ],
      })}
    />
  );
}
