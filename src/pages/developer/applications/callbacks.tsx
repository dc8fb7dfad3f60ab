import { callbacksOf } from '../../../applications/registration/answers.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import { setCallbacks } from '../../../use-cases/applications.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { contextForUseCase } from '../../use-case-context.ts';
import { membershipOf, pathOfApplication } from '../members/membership.ts';
import { CallbacksView } from './callbacks-view.tsx';

/** `/developer/applications/{application}/callbacks/` */
export const editCallbacks: FormPage<Viewer> = {
  get: async (request) => show(request),
  post: save,
};

async function show(
  request: PageRequest<Viewer>,
  refused?: { readonly text: string; readonly problems: readonly string[] },
): Promise<PageResponse> {
  const { application, role } = await membershipOf(request);
  const view = (
    <CallbacksView
      context={request.context}
      application={application}
      isOwner={role === 'owner'}
      text={refused?.text ?? application.redirectUris.join('\n')}
      problems={refused?.problems ?? []}
      saved={request.query.get('done') === 'saved'}
    />
  );
  return { kind: 'page', view, status: refused === undefined ? 200 : 400 };
}

async function save(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { application } = await membershipOf(request, 'owner');
  const text = request.form.get('callbacks') ?? '';
  const changed = await setCallbacks(
    contextForUseCase(request),
    application.clientId,
    callbacksOf({ callbacks: text }),
  );
  if (changed.outcome === 'invalid') return show(request, { text, problems: changed.problems });
  return { kind: 'redirect', location: pathOfApplication(application.clientId, 'callbacks/?done=saved') };
}
