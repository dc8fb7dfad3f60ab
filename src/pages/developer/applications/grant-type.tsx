import type { Viewer } from '../../../http/guards/session.ts';
import { endChange, requestChange } from '../../../use-cases/grant-changes.ts';
import { deskOf } from '../../desk.ts';
import type { Page, PageAnswer, PageRequest } from '../../page.ts';
import { membershipOf, pathOfApplication } from '../members/membership.ts';
import { textOf } from '../registrations/registration.tsx';
import { GrantTypeView, type GrantTypeViewProps } from './grant-type-view.tsx';

/** `/developer/applications/{application}/grant-type/`: owners ask for the other one; the administrators switch it. */
export const grantTypePage: Page = {
  path: '/developer/applications/:application/grant-type/',
  guard: 'signed-in',
  get: async (request) => show(request),
  post: change,
};

async function show(
  request: PageRequest<Viewer>,
  failed: Pick<GrantTypeViewProps, 'problem' | 'reason'> = {},
): Promise<PageAnswer> {
  const { application, role } = await membershipOf(request);
  const changes = await request.services.store.grantChanges.list(application.id);
  const done = request.query.get('done');
  const view = (
    <GrantTypeView
      shell={request.shell}
      application={application}
      isOwner={role === 'owner'}
      changes={changes}
      {...(done === 'sent' || done === 'cancelled' ? { done } : {})}
      {...failed}
    />
  );
  return { kind: 'page', view, status: failed.problem === undefined ? 200 : 400 };
}

async function change(request: PageRequest<Viewer>): Promise<PageAnswer> {
  const { application } = await membershipOf(request, 'owner');
  const desk = deskOf(request);
  const done = (what: string): PageAnswer => ({
    kind: 'redirect',
    location: pathOfApplication(application.clientId, `grant-type/?done=${what}`),
  });
  if (request.form.get('act') === 'cancel') {
    await endChange(desk, application, 'cancelled');
    return done('cancelled');
  }
  const reason = textOf(request, 'reason');
  const outcome = await requestChange(desk, application, reason);
  if (outcome === 'done') return done('sent');
  return show(request, { problem: outcome === 'bad_reason' ? 'badReason' : 'open', reason });
}
