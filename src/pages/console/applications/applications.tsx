import type { Page } from '../../page.ts';
import { afterTime, choiceFilter, listPage, pageSize, readFilters, textFilter } from '../../shared/filters.ts';
import { ApplicationsView } from './applications-view.tsx';

/** `/admin/applications/` */
export const applicationsPage: Page = {
  path: '/admin/applications/',
  guard: 'staff',
  power: 'read',
  get: async ({ query, services, shell }) => {
    const asked = await readFilters(shell, query, {
      text: textFilter('q'),
      status: choiceFilter('status', ['active', 'suspended']),
      after: afterTime,
    });
    return listPage(
      asked,
      (values) => services.store.applications.search({ ...values, limit: pageSize }),
      (listed) => <ApplicationsView shell={shell} asked={asked} {...listed} />,
    );
  },
};
