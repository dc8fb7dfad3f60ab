import type { Viewer } from '../../../http/guards/session.ts';
import { closeChange, requestChange } from '../../../use-cases/grant-changes.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { readText } from '../../shared/read-value.ts';
import { contextForUseCase } from '../../use-case-context.ts';
import { membershipOf, pathOfApplication } from '../members/membership.ts';
import { GrantTypeView, type GrantTypeViewProps } from './grant-type-view.tsx';

/** `/developer/applications/{application}/grant-type/`: owners request the other grant type. */
export const requestGrantType: FormPage<Viewer> = {
  get: async (request) => show(request),
  post: change,
};

async function show(
  request: PageRequest<Viewer>,
  state: Pick<GrantTypeViewProps, 'problem' | 'reason'> = {},
): Promise<PageResponse> {
  const { application, role } = await membershipOf(request);
  const changes = await request.services.store.grantChanges.list(application.id);
  const notice = request.query.get('done');
  const view = (
    <GrantTypeView
      context={request.context}
      application={application}
      isOwner={role === 'owner'}
      changes={changes}
      {...(notice === 'sent' || notice === 'cancelled' ? { notice } : {})}
      {...state}
    />
  );
  return { kind: 'page', view, status: state.problem === undefined ? 200 : 400 };
}

async function change(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { application } = await membershipOf(request, 'owner');
  const useCase = contextForUseCase(request);
  const showNotice = (name: string): PageResponse => ({
    kind: 'redirect',
    location: pathOfApplication(application.clientId, `grant-type/?done=${name}`),
  });
  if (request.form.get('act') === 'cancel') {
    await closeChange(useCase, application, 'cancelled');
    return showNotice('cancelled');
  }
  const reason = readText(request, 'reason');
  const outcome = await requestChange(useCase, application, reason);
  if (outcome === 'done') return showNotice('sent');
  if (outcome === 'public_password') return show(request, { problem: 'publicPassword', reason });
  return show(request, { problem: outcome === 'bad_reason' ? 'badReason' : 'open', reason });
}
