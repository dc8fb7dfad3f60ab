import type { Viewer } from '../../../http/guards/session.ts';
import type { PageRequest, PageResponse } from '../../page.ts';
import { afterTime, choiceFilter, listPage, pageSize, readFilters } from '../../shared/filters.ts';
import { listedStates, QueueView } from './registrations-view.tsx';

/** `/admin/registrations/`: the queue, and what became of the others. */
export async function listRegistrations({ query, services, context }: PageRequest<Viewer>): Promise<PageResponse> {
  const { registrations } = services.store;
  const asked = await readFilters(context, query, { state: choiceFilter('state', listedStates), after: afterTime });
  const { counts } = await registrations.overview();
  return listPage(
    asked,
    ({ state = 'submitted', ...values }) => registrations.list({ ...values, state, limit: pageSize }),
    (listed) => <QueueView context={context} asked={asked} counts={counts} {...listed} />,
  );
}
