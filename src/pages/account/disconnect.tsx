import type { Viewer } from '../../http/guards/session.ts';
import { Problem } from '../../http/problem.ts';
import type { ConnectedApplication } from '../../ports/store/index.ts';
import { disconnectOwn } from '../../use-cases/users.ts';
import { deskOf } from '../desk.ts';
import type { Page, PageAnswer, PageRequest } from '../page.ts';
import { showAccount } from './account.tsx';
import { DisconnectView } from './disconnect-view.tsx';

/** `/account/applications/{authorization}/disconnect/`: says what will happen, asks once, and ends it all. */
export const disconnectPage: Page = {
  path: '/account/applications/:authorization/disconnect/',
  guard: 'signed-in',
  get: ask,
  post: disconnect,
};

async function ask(request: PageRequest<Viewer>): Promise<PageAnswer> {
  const { application, authorization } = await findConnected(request);
  const view = <DisconnectView shell={request.shell} application={application} authorizationId={authorization.id} />;
  return { kind: 'page', view };
}

async function disconnect(request: PageRequest<Viewer>): Promise<PageAnswer> {
  const { application, authorization } = await findConnected(request);
  const outcome = await disconnectOwn(deskOf(request), request.viewer.user.id, authorization.id);
  if (outcome === 'unknown') throw gone();
  return showAccount(request, { kind: 'disconnected', application });
}

async function findConnected({ segments, services, viewer }: PageRequest<Viewer>): Promise<ConnectedApplication> {
  const connected = await services.store.authorizations.listConnected(viewer.user.id);
  const found = connected.find(({ authorization }) => authorization.id === segments.authorization);
  if (found === undefined) throw gone();
  return found;
}

function gone(): Problem {
  return new Problem(404, 'not_found', 'This application is not connected to your account');
}
