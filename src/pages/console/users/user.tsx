import { may } from '../../../accounts/roles.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import { Problem } from '../../../http/problem.ts';
import type { User } from '../../../ports/store/index.ts';
import type { Page, PageRequest } from '../../page.ts';
import { idFrom } from '../query.ts';
import { UserView } from './user-view.tsx';

/** `/admin/users/{user}/` */
export const userPage: Page = {
  path: '/admin/users/:user/',
  guard: 'staff',
  power: 'read',
  get: async (request) => {
    const { services, shell, viewer, query } = request;
    const user = await userOf(request);
    const { store, clock } = services;
    const now = clock.now();
    const [sessions, connected, owned] = await Promise.all([
      store.users.sessions(user.id, now),
      store.authorizations.listConnected(user.id),
      store.devices.list({ userId: user.id, current: true, page: 1, limit: 1, orderBy: 'id', descending: false, now }),
    ]);
    const view = (
      <UserView
        shell={shell}
        user={user}
        sessions={sessions}
        connected={connected}
        devices={owned.count}
        mayAct={may(viewer.user.staffRole, 'administer')}
        done={query.get('done')}
      />
    );
    return { kind: 'page', view };
  },
};

/** @throws {Problem} 404 */
export async function userOf({ services, segments }: PageRequest<Viewer>): Promise<User> {
  const id = idFrom(segments.user);
  const user = id === undefined ? undefined : await services.store.users.find(id);
  if (user === undefined) throw new Problem(404, 'not_found', 'There is no such account');
  return user;
}
