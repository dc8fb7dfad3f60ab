import type { Application, RefusedRequest } from '../../../ports/store/index.ts';
import { RefusalDetail } from '../../shared/refused-request-detail.tsx';
import { RefusalTable } from '../../shared/refused-request-table.tsx';
import { FilteredList } from '../../ui/filtered-list.tsx';
import type { SummaryLine } from '../../ui/forms/error-summary.tsx';
import { NextPart } from '../../ui/forms/search-form.tsx';
import { Layout } from '../../ui/layout.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import type { Shell } from '../../ui/shell.ts';
import { pathOfApplication, sectionOf } from '../members/membership.ts';

interface ErrorsViewProps {
  readonly shell: Shell;
  readonly application: Application;
  readonly rows: readonly RefusedRequest[];
  readonly next: string | null;
  /** Why the list can't be shown. */
  readonly problems: readonly SummaryLine[];
}

export function ErrorsView({ shell, application, problems, rows, next }: ErrorsViewProps) {
  const { errors } = shell.messages.developer;
  const { clientId } = application;
  return (
    <Layout shell={shell} title={errors.title} width="wide" section={sectionOf(shell, clientId)}>
      <PageHeader title={errors.title}>{errors.lead}</PageHeader>
      <FilteredList
        shell={shell}
        problems={problems}
        isEmpty={rows.length === 0}
        none={{ title: errors.none, hint: errors.noneHint }}
      >
        <RefusalTable shell={shell} clientId={clientId} refusals={rows} />
      </FilteredList>
      <NextPart path={pathOfApplication(clientId, 'errors/')} query={{}} next={next} text={errors.next} />
    </Layout>
  );
}

export function ErrorView({
  shell,
  application,
  refusal,
}: {
  readonly shell: Shell;
  readonly application: Application;
  readonly refusal: RefusedRequest;
}) {
  const { errors } = shell.messages.developer;
  return (
    <Layout shell={shell} title={errors.explanation} width="wide" section={sectionOf(shell, application.clientId)}>
      <PageHeader title={errors.title} />
      <RefusalDetail shell={shell} refusal={refusal} />
      <p>
        <a href={`/docs/errors/${refusal.error}/`}>{errors.all}</a>
      </p>
    </Layout>
  );
}
