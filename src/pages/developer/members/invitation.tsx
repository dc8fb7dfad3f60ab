import type { Viewer } from '../../../http/guards/session.ts';
import { acceptInvitation, findInvitation } from '../../../use-cases/members.ts';
import { deskOf } from '../../desk.ts';
import type { Page, PageAnswer, PageRequest } from '../../page.ts';
import { InvitationView, type InvitationViewProps } from './invitation-view.tsx';
import { pathOfApplication } from './membership.ts';

/**
 * `/developer/invitation/?token=…`: what the link of an invitation opens. The token is in the query, which is never
 * logged.
 */
export const invitationPage: Page = {
  path: '/developer/invitation/',
  guard: 'signed-in',
  get: async (request) => ask(request, request.query.get('token') ?? ''),
  post: accept,
};

async function ask(request: PageRequest<Viewer>, token: string): Promise<PageAnswer> {
  const invitation = await findInvitation(deskOf(request), token);
  if (invitation === undefined) return show(request, { kind: 'gone' }, 404);
  const { user } = request.viewer;
  if (invitation.email !== user.email) return show(request, { kind: 'other-address', email: user.email }, 403);
  const application = await request.services.store.applications.find(invitation.applicationId);
  return show(request, { kind: 'asks', token, application: application?.name ?? '' });
}

function show({ shell }: PageRequest<Viewer>, state: InvitationViewProps['state'], status = 200): PageAnswer {
  return { kind: 'page', view: <InvitationView shell={shell} state={state} />, status };
}

async function accept(request: PageRequest<Viewer>): Promise<PageAnswer> {
  const token = request.form.get('token') ?? '';
  const accepted = await acceptInvitation(deskOf(request), token, request.viewer.user);
  if (accepted.outcome !== 'accepted') return ask(request, token);
  return { kind: 'redirect', location: pathOfApplication(accepted.application.clientId) };
}
