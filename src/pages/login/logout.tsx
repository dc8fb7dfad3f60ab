import { closeSession } from '../../http/guards/session.ts';
import { destinationFrom, locationOf } from '../next.ts';
import type { Page } from '../page.ts';
import { LogoutView } from './logout-view.tsx';

/** `/logout/`: asks on GET, so that no link can log anyone out. Tokens of applications outlive it. */
export const logoutPage: Page = {
  path: '/logout/',
  guard: 'anyone',
  get: async ({ shell, viewer }) =>
    viewer === null ? { kind: 'redirect', location: '/login/' } : { kind: 'page', view: <LogoutView shell={shell} /> },
  post: async ({ form, http, reply, services }) => {
    await closeSession(services, http, reply);
    const { resume } = destinationFrom(form);
    // *Not you?* on the consent page: the request goes on with whoever logs in next.
    return { kind: 'redirect', location: resume === undefined ? '/' : locationOf({ resume, next: undefined }) };
  },
};
