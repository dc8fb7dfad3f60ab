import type { Application, RefusedRequest } from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import { RefusedRequestDetail } from '../../shared/refused-request-detail.tsx';
import { RefusedRequestTable } from '../../shared/refused-request-table.tsx';
import { FilteredList } from '../../ui/filtered-list.tsx';
import type { SummaryLine } from '../../ui/forms/error-summary.tsx';
import { NextPageLink } from '../../ui/forms/search-form.tsx';
import { Layout } from '../../ui/layout.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { applicationSection, pathOfApplication } from '../members/membership.ts';

interface ErrorsViewProps {
  readonly context: PageContext;
  readonly application: Application;
  readonly rows: readonly RefusedRequest[];
  readonly next: string | null;
  /** Why the list can't be shown. */
  readonly problems: readonly SummaryLine[];
}

export function RefusedRequestsView({ context, application, problems, rows, next }: ErrorsViewProps) {
  const { errors } = context.messages.developer;
  const { clientId } = application;
  return (
    <Layout context={context} title={errors.title} width="wide" section={applicationSection(context, clientId)}>
      <PageHeader title={errors.title}>{errors.lead}</PageHeader>
      <FilteredList
        context={context}
        problems={problems}
        isEmpty={rows.length === 0}
        none={{ title: errors.none, hint: errors.noneHint }}
      >
        <RefusedRequestTable
          context={context}
          refusedRequests={rows}
          detailPath={(id) => pathOfApplication(clientId, `errors/${id}/`)}
        />
      </FilteredList>
      <NextPageLink path={pathOfApplication(clientId, 'errors/')} query={{}} next={next} text={errors.next} />
    </Layout>
  );
}

export function RefusedRequestView({
  context,
  application,
  refusal,
}: {
  readonly context: PageContext;
  readonly application: Application;
  readonly refusal: RefusedRequest;
}) {
  const { errors } = context.messages.developer;
  return (
    <Layout
      context={context}
      title={errors.explanation}
      width="wide"
      section={applicationSection(context, application.clientId)}
    >
      <PageHeader title={errors.title} />
      <RefusedRequestDetail context={context} refusal={refusal} />
      <p>
        <a href={`/docs/errors/${refusal.error}/`}>{errors.all}</a>
      </p>
    </Layout>
  );
}
