import type { Viewer } from '../../../http/guards/session.ts';
import { revokeAll } from '../../../use-cases/applications.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { ConfirmationView, isRetyped } from '../../shared/confirmation-view.tsx';
import { contextForUseCase } from '../../use-case-context.ts';
import { applicationSection, membershipOf, pathOfApplication } from '../members/membership.ts';

/** `/developer/applications/{application}/disconnect-all/` */
export const disconnectAllUsers: FormPage<Viewer> = {
  get: async (request) => askToDisconnect(request),
  post: async (request) => {
    const { application } = await membershipOf(request, 'owner');
    const { clientId } = application;
    if (!isRetyped(request, clientId)) return askToDisconnect(request, 'mismatch');
    const disconnected = await revokeAll(contextForUseCase(request), clientId);
    return { kind: 'redirect', location: pathOfApplication(clientId, `?disconnected=${disconnected}`) };
  },
};

async function askToDisconnect(request: PageRequest<Viewer>, problem?: 'mismatch'): Promise<PageResponse> {
  const { application } = await membershipOf(request, 'owner');
  const { users } = await request.services.store.applications.impact(application.id);
  const { context } = request;
  const texts = context.messages.developer.disconnectAll;
  const view = (
    <ConfirmationView
      context={context}
      section={applicationSection(context, application.clientId)}
      name={texts.submit}
      title={texts.title}
      effects={texts.effects(users)}
      submit={texts.submit}
      danger
      back={{ href: pathOfApplication(application.clientId), text: texts.keep }}
      errors={problem === undefined ? [] : [{ field: 'typed', text: texts.mismatch }]}
      retype={{ label: texts.typed, text: application.clientId }}
    />
  );
  return { kind: 'page', view, status: problem === undefined ? 200 : 400 };
}
