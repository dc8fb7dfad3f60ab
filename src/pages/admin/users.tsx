import type { Page } from '../page.ts';
import { listQuery, oneOf } from './query.ts';
import { UsersView } from './users-view.tsx';

/** `/admin/users/` */
export const usersPage: Page = {
  path: '/admin/users/',
  guard: 'staff',
  power: 'read',
  get: async ({ query, services, shell }) => {
    const asked = listQuery(query);
    const only = oneOf(query.get('only'), ['staff', 'disabled']);
    const listed = await services.store.users.search({ ...asked, ...(only !== undefined && { only }) });
    return { kind: 'page', view: <UsersView shell={shell} text={asked.text ?? ''} only={only ?? ''} {...listed} /> };
  },
};
