import type { Page } from '../../page.ts';
import { afterRow, choiceFilter, listPage, pageSize, readFilters, textFilter } from '../../shared/filters.ts';
import { UsersView } from './users-view.tsx';

/** `/admin/users/` */
export const usersPage: Page = {
  path: '/admin/users/',
  guard: 'staff',
  power: 'read',
  get: async ({ query, services, shell }) => {
    const only = choiceFilter('only', ['staff', 'disabled']);
    const asked = await readFilters(shell, query, { text: textFilter('q'), only, after: afterRow });
    return listPage(
      asked,
      (values) => services.store.users.search({ ...values, limit: pageSize }),
      (listed) => <UsersView shell={shell} asked={asked} {...listed} />,
    );
  },
};
