import type { Viewer } from '../../../http/guards/session.ts';
import { acceptInvitation, findInvitation } from '../../../use-cases/members.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { contextForUseCase } from '../../use-case-context.ts';
import { InvitationView, type InvitationViewProps } from './invitation-view.tsx';
import { pathOfApplication } from './membership.ts';

/**
 * `/developer/invitation/?token=…`: the page that the link of an invitation opens. Queries are never logged, so the log
 * has no tokens.
 */
export const joinApplication: FormPage<Viewer> = {
  get: async (request) => ask(request, request.query.get('token') ?? ''),
  post: accept,
};

async function ask(request: PageRequest<Viewer>, token: string): Promise<PageResponse> {
  const invitation = await findInvitation(contextForUseCase(request), token);
  if (invitation === undefined) return show(request, { kind: 'gone' }, 404);
  const { user } = request.viewer;
  if (invitation.email !== user.email) return show(request, { kind: 'other-address', email: user.email }, 403);
  const application = await request.services.store.applications.find(invitation.applicationId);
  return show(request, { kind: 'asks', token, application: application?.name ?? '' });
}

function show({ context }: PageRequest<Viewer>, state: InvitationViewProps['state'], status = 200): PageResponse {
  return { kind: 'page', view: <InvitationView context={context} state={state} />, status };
}

async function accept(request: PageRequest<Viewer>): Promise<PageResponse> {
  const token = request.form.get('token') ?? '';
  const accepted = await acceptInvitation(contextForUseCase(request), token, request.viewer.user);
  if (accepted.outcome !== 'accepted') return ask(request, token);
  return { kind: 'redirect', location: pathOfApplication(accepted.application.clientId) };
}
