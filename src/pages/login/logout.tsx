import { closeSession } from '../../http/guards/session.ts';
import type { FormPage } from '../page.ts';
import { LogoutView } from './logout-view.tsx';
import { locationOf, readRequestId } from './return-to.ts';

/** `/logout/`: asks on GET, so that no link can log anyone out. Tokens of applications outlive it. */
export const logOut: FormPage = {
  get: async ({ context, viewer }) =>
    viewer === null
      ? { kind: 'redirect', location: '/login/' }
      : { kind: 'page', view: <LogoutView context={context} /> },
  post: async ({ form, http, reply, services }) => {
    await closeSession(services, http, reply);
    const id = readRequestId(form);
    // *Not you?* on the consent page: the request goes on with whoever logs in next.
    return { kind: 'redirect', location: id === undefined ? '/' : locationOf({ kind: 'request', id }) };
  },
};
