import type { Viewer } from '../../../http/guards/session.ts';
import { transfer } from '../../../use-cases/members.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { ConfirmationView, isRetyped } from '../../shared/confirmation-view.tsx';
import { Select } from '../../ui/forms/select.tsx';
import { contextForUseCase } from '../../use-case-context.ts';
import { applicationSection, membershipOf, pathOfApplication } from '../members/membership.ts';

/** `/developer/applications/{application}/transfer/` */
export const transferOwnership: FormPage<Viewer> = {
  get: async (request) => askToTransfer(request),
  post: async (request) => {
    const { application } = await membershipOf(request, 'owner');
    const { clientId } = application;
    if (!isRetyped(request, clientId)) return askToTransfer(request, 'mismatch');
    const to = Number(request.form.get('to'));
    const outcome = await transfer(contextForUseCase(request), application, { from: request.viewer.user.id, to });
    if (outcome === 'unknown') return askToTransfer(request, 'unknown');
    return { kind: 'redirect', location: pathOfApplication(clientId, 'members/?done=transferred') };
  },
};

async function askToTransfer(request: PageRequest<Viewer>, problem?: 'mismatch' | 'unknown'): Promise<PageResponse> {
  const { application } = await membershipOf(request, 'owner');
  const members = await request.services.store.members.list(application.id);
  const others = members.filter(({ role }) => role === 'member');
  const { context } = request;
  const { disconnectAll, members: texts } = context.messages.developer;
  const problemText = problem === 'mismatch' ? disconnectAll.mismatch : texts.problems.unknown;
  const view = (
    <ConfirmationView
      context={context}
      section={applicationSection(context, application.clientId)}
      name={texts.transferTitle}
      title={texts.transferTitle}
      effects={texts.transferEffects}
      submit={context.messages.developer.application.transfer}
      danger
      back={{ href: pathOfApplication(application.clientId), text: disconnectAll.keep }}
      errors={problem === undefined ? [] : [{ field: problem === 'mismatch' ? 'typed' : 'to', text: problemText }]}
      retype={{ label: disconnectAll.typed, text: application.clientId }}
      {...(others.length === 0 && { obstacle: texts.nobody })}
    >
      <Select
        name="to"
        label={texts.transferTo}
        options={others.map(({ userId, name, email }) => ({ value: String(userId), text: `${name} (${email})` }))}
      />
    </ConfirmationView>
  );
  return { kind: 'page', view, status: problem === undefined ? 200 : 400 };
}
