import type { Page } from '../page.ts';
import { ApplicationsView } from './applications-view.tsx';
import { listQuery, oneOf } from './query.ts';

/** `/admin/applications/` */
export const applicationsPage: Page = {
  path: '/admin/applications/',
  guard: 'staff',
  power: 'read',
  get: async ({ query, services, shell }) => {
    const asked = listQuery(query);
    const status = oneOf(query.get('status'), ['active', 'suspended']);
    const listed = await services.store.applications.search({ ...asked, ...(status !== undefined && { status }) });
    const view = <ApplicationsView shell={shell} text={asked.text ?? ''} status={status ?? ''} {...listed} />;
    return { kind: 'page', view };
  },
};
