import type { Viewer } from '../../../http/guards/session.ts';
import type { PageRequest, PageResponse } from '../../page.ts';
import { afterRow, choiceFilter, listPage, pageSize, readFilters, textFilter } from '../../shared/filters.ts';
import { UsersView } from './users-view.tsx';

/** `/admin/users/` */
export async function listUsers({ query, services, context }: PageRequest<Viewer>): Promise<PageResponse> {
  const only = choiceFilter('only', ['staff', 'disabled']);
  const filters = await readFilters(context, query, { text: textFilter('q'), only, after: afterRow });
  return listPage(
    filters,
    (values) => services.store.users.search({ ...values, limit: pageSize }),
    (page) => <UsersView context={context} filters={filters} {...page} />,
  );
}
