import type { Viewer } from '../../../http/guards/session.ts';
import type { PageRequest, PageResponse } from '../../page.ts';
import { afterTime, choiceFilter, listPage, pageSize, readFilters } from '../../shared/filters.ts';
import { listedStates, RegistrationsView } from './registrations-view.tsx';

/** `/admin/registrations/`: the registrations in one state; by default those in the queue. */
export async function listRegistrations({ query, services, context }: PageRequest<Viewer>): Promise<PageResponse> {
  const { registrations } = services.store;
  const filters = await readFilters(context, query, { state: choiceFilter('state', listedStates), after: afterTime });
  const { counts } = await registrations.overview();
  return listPage(
    filters,
    ({ state = 'submitted', ...values }) => registrations.list({ ...values, state, limit: pageSize }),
    (page) => <RegistrationsView context={context} filters={filters} counts={counts} {...page} />,
  );
}
