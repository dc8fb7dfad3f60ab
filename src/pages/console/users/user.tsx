import { may } from '../../../accounts/roles.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import { Problem } from '../../../http/problem.ts';
import type { User } from '../../../ports/store/index.ts';
import type { PageRequest, PageResponse } from '../../page.ts';
import { readRowId } from '../../shared/read-value.ts';
import { UserView } from './user-view.tsx';

/** `/admin/users/{user}/`: the user, their sessions and their connected applications. */
export async function showUser(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { services, context, viewer, query } = request;
  const user = await userOrNotFound(request);
  const { store, clock } = services;
  const now = clock.now();
  const [sessions, connected, owned] = await Promise.all([
    store.users.sessions(user.id, now),
    store.authorizations.listConnected(user.id),
    store.devices.list({ userId: user.id, current: true, page: 1, limit: 1, orderBy: 'id', descending: false, now }),
  ]);
  const view = (
    <UserView
      context={context}
      user={user}
      sessions={sessions}
      connected={connected}
      devices={owned.count}
      mayAct={may(viewer.user.administratorRole, 'administer')}
      noticeName={query.get('done')}
    />
  );
  return { kind: 'page', view };
}

/** The user that the path names. @throws {Problem} 404 */
export async function userOrNotFound({ services, segments }: PageRequest<Viewer>): Promise<User> {
  const id = readRowId(segments.user);
  const user = id === undefined ? undefined : await services.store.users.find(id);
  if (user === undefined) throw new Problem(404, 'not_found', 'There is no such account');
  return user;
}
