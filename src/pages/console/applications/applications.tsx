import type { Viewer } from '../../../http/guards/session.ts';
import type { PageRequest, PageResponse } from '../../page.ts';
import { afterTime, choiceFilter, listPage, pageSize, readFilters, textFilter } from '../../shared/filters.ts';
import { ApplicationsView } from './applications-view.tsx';

/** `/admin/applications/` */
export async function listApplications({ query, services, context }: PageRequest<Viewer>): Promise<PageResponse> {
  const asked = await readFilters(context, query, {
    text: textFilter('q'),
    status: choiceFilter('status', ['active', 'suspended']),
    after: afterTime,
  });
  return listPage(
    asked,
    (values) => services.store.applications.search({ ...values, limit: pageSize }),
    (listed) => <ApplicationsView context={context} asked={asked} {...listed} />,
  );
}
