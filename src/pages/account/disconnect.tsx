import type { Viewer } from '../../http/guards/session.ts';
import { Problem } from '../../http/problem.ts';
import type { ConnectedApplication } from '../../ports/store/index.ts';
import { disconnectOwn } from '../../use-cases/users.ts';
import type { FormPage, PageRequest, PageResponse } from '../page.ts';
import { contextForUseCase } from '../use-case-context.ts';
import { showAccount } from './account.tsx';
import { DisconnectView } from './disconnect-view.tsx';

/** `/account/applications/{authorization}/disconnect/`: confirms, then revokes the authorization and its tokens. */
export const disconnectApplication: FormPage<Viewer> = {
  get: ask,
  post: disconnect,
};

async function ask(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { application, authorization } = await findConnected(request);
  const view = (
    <DisconnectView context={request.context} application={application} authorizationId={authorization.id} />
  );
  return { kind: 'page', view };
}

async function disconnect(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { application, authorization } = await findConnected(request);
  const outcome = await disconnectOwn(contextForUseCase(request), request.viewer.user.id, authorization.id);
  if (outcome === 'unknown') throw notConnected();
  return showAccount(request, { kind: 'disconnected', application });
}

async function findConnected({ segments, services, viewer }: PageRequest<Viewer>): Promise<ConnectedApplication> {
  const connected = await services.store.authorizations.listConnected(viewer.user.id);
  const found = connected.find(({ authorization }) => authorization.id === segments.authorization);
  if (found === undefined) throw notConnected();
  return found;
}

function notConnected(): Problem {
  return new Problem(404, 'not_found', 'This application is not connected to your account');
}
