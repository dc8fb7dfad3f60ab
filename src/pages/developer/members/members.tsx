import type { Viewer } from '../../../http/guards/session.ts';
import { invite, removeMember, withdrawInvitation } from '../../../use-cases/members.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { contextForUseCase } from '../../use-case-context.ts';
import { MembersView, type MembersViewProps } from './members-view.tsx';
import { membershipOf, pathOfApplication } from './membership.ts';

/** `/developer/applications/{application}/members/`: the members. Owners invite and remove them. */
export const manageMembers: FormPage<Viewer> = {
  get: async (request) => show(request),
  post: change,
};

type Problem = NonNullable<MembersViewProps['problem']>;

async function show(request: PageRequest<Viewer>, problem?: Problem, email = ''): Promise<PageResponse> {
  const { application, role } = await membershipOf(request);
  const { store, clock } = request.services;
  const [members, invitations] = await Promise.all([
    store.members.list(application.id),
    store.members.invitations(application.id, clock.now()),
  ]);
  const view = (
    <MembersView
      context={request.context}
      application={application}
      viewerId={request.viewer.user.id}
      isOwner={role === 'owner'}
      members={members}
      invitations={invitations}
      email={email}
      noticeName={request.query.get('done')}
      problem={problem}
    />
  );
  return { kind: 'page', view, status: problem === undefined ? 200 : 400 };
}

async function change(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { application } = await membershipOf(request, 'owner');
  const { form, viewer } = request;
  const useCase = contextForUseCase(request);
  const showNotice = (name: string): PageResponse => ({
    kind: 'redirect',
    location: pathOfApplication(application.clientId, `members/?done=${name}`),
  });
  switch (form.get('act')) {
    case 'remove': {
      const outcome = await removeMember(useCase, application, Number(form.get('user')));
      return outcome === 'removed' ? showNotice('removed') : show(request, outcome);
    }
    case 'withdraw':
      await withdrawInvitation(useCase, application, form.get('invitation') ?? '');
      return showNotice('withdrawn');
    default: {
      const email = form.get('email') ?? '';
      const invitedBy = `${viewer.user.firstName} ${viewer.user.lastName}`;
      const outcome = await invite(useCase, application, { email, role: 'member', invitedBy });
      return outcome === 'invited' ? showNotice('invited') : show(request, outcome, email);
    }
  }
}
