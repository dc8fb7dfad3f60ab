import type { Viewer } from '../../../http/guards/session.ts';
import type { PageRequest, PageResponse } from '../../page.ts';
import { afterTime, choiceFilter, listPage, pageSize, readFilters, textFilter } from '../../shared/filters.ts';
import { ApplicationsView } from './applications-view.tsx';

/** `/admin/applications/` */
export async function listApplications({ query, services, context }: PageRequest<Viewer>): Promise<PageResponse> {
  const filters = await readFilters(context, query, {
    text: textFilter('q'),
    status: choiceFilter('status', ['active', 'suspended']),
    after: afterTime,
  });
  return listPage(
    filters,
    (values) => services.store.applications.search({ ...values, limit: pageSize }),
    (page) => <ApplicationsView context={context} filters={filters} {...page} />,
  );
}
