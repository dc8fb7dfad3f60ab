import { callbacksOf } from '../../../applications/registration/answers.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import { setCallbacks } from '../../../use-cases/applications.ts';
import { deskOf } from '../../desk.ts';
import type { Page, PageAnswer, PageRequest } from '../../page.ts';
import { membershipOf, pathOfApplication } from '../members/membership.ts';
import { CallbacksView } from './callbacks-view.tsx';

/** `/developer/applications/{application}/callbacks/` */
export const callbacksPage: Page = {
  path: '/developer/applications/:application/callbacks/',
  guard: 'signed-in',
  get: async (request) => show(request),
  post: save,
};

async function show(
  request: PageRequest<Viewer>,
  typed?: { readonly text: string; readonly problems: readonly string[] },
): Promise<PageAnswer> {
  const { application, role } = await membershipOf(request);
  const view = (
    <CallbacksView
      shell={request.shell}
      application={application}
      isOwner={role === 'owner'}
      text={typed?.text ?? application.redirectUris.join('\n')}
      problems={typed?.problems ?? []}
      saved={request.query.get('done') === 'saved'}
    />
  );
  return { kind: 'page', view, status: typed === undefined ? 200 : 400 };
}

async function save(request: PageRequest<Viewer>): Promise<PageAnswer> {
  const { application } = await membershipOf(request, 'owner');
  const text = request.form.get('callbacks') ?? '';
  const changed = await setCallbacks(deskOf(request), application.clientId, callbacksOf({ callbacks: text }));
  if (changed.outcome === 'invalid') return show(request, { text, problems: changed.problems });
  return { kind: 'redirect', location: pathOfApplication(application.clientId, 'callbacks/?done=saved') };
}
