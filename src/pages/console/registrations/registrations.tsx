import type { Page } from '../../page.ts';
import { afterTime, choiceFilter, listPage, pageSize, readFilters } from '../../shared/filters.ts';
import { listedStates, QueueView } from './registrations-view.tsx';

/** `/admin/registrations/`: the queue, and what became of the others. */
export const queuePage: Page = {
  path: '/admin/registrations/',
  guard: 'staff',
  power: 'read',
  get: async ({ query, services, shell }) => {
    const { registrations } = services.store;
    const asked = await readFilters(shell, query, { state: choiceFilter('state', listedStates), after: afterTime });
    const { counts } = await registrations.overview();
    return listPage(
      asked,
      ({ state = 'submitted', ...values }) => registrations.list({ ...values, state, limit: pageSize }),
      (listed) => <QueueView shell={shell} asked={asked} counts={counts} {...listed} />,
    );
  },
};
