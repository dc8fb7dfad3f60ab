import { closeSession } from '../../http/guards/session.ts';
import type { FormPage } from '../page.ts';
import { LogoutView } from './logout-view.tsx';
import { locationOf, readRequestId } from './return-to.ts';

/** `/logout/`: GET asks, so that a link can't log users out. Tokens of applications stay valid. */
export const logOut: FormPage = {
  get: async ({ context, viewer }) =>
    viewer === null
      ? { kind: 'redirect', location: '/login/' }
      : { kind: 'page', view: <LogoutView context={context} /> },
  post: async ({ form, http, reply, services }) => {
    await closeSession(services, http, reply);
    const id = readRequestId(form);
    // *Not you?* on the consent page: the next login continues this request.
    return { kind: 'redirect', location: id === undefined ? '/' : locationOf({ kind: 'request', id }) };
  },
};
