import type { Viewer } from '../../../http/guards/session.ts';
import type { GrantChange } from '../../../ports/store/index.ts';
import { closeChange, otherGrant, previewChange } from '../../../use-cases/grant-changes.ts';
import { switchGrantType, undoChange, undoMs } from '../../../use-cases/grant-switch.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { contextForUseCase } from '../../use-case-context.ts';
import { consolePathOf } from '../section.ts';
import { applicationOrNotFound } from './application.tsx';
import { ConsoleGrantTypeView, type GrantTypeProblem } from './grant-type-view.tsx';

/**
 * `/admin/applications/{application}/grant-type/`: shows the impact of a switch. A POST switches now or at a date,
 * undoes the last switch, or declines the owner's request.
 */
export const changeGrantType: FormPage<Viewer> = {
  get: async (request) => show(request),
  post: change,
};

async function show(request: PageRequest<Viewer>, problem?: GrantTypeProblem): Promise<PageResponse> {
  const application = await applicationOrNotFound(request);
  const useCase = contextForUseCase(request);
  const [preview, changes] = await Promise.all([
    previewChange(useCase, application),
    useCase.store.grantChanges.list(application.id),
  ]);
  const view = (
    <ConsoleGrantTypeView
      context={request.context}
      preview={preview}
      changes={changes}
      canUndo={isUndoable(changes, useCase.now)}
      date={request.form.get('date') ?? ''}
      problem={problem}
    />
  );
  return { kind: 'page', view, status: problem === undefined ? 200 : 400 };
}

function isUndoable(changes: readonly GrantChange[], now: number): boolean {
  const last = changes.find(({ state }) => state === 'done' || state === 'undone');
  return last?.state === 'done' && last.doneAt !== null && now <= last.doneAt + undoMs;
}

async function change(request: PageRequest<Viewer>): Promise<PageResponse> {
  const application = await applicationOrNotFound(request);
  const { clientId } = application;
  const { form } = request;
  const useCase = contextForUseCase(request);
  const showNotice = (name: string): PageResponse => ({
    kind: 'redirect',
    location: consolePathOf(clientId, `?done=${name}`),
  });
  if (form.get('act') === 'decline') {
    await closeChange(useCase, application, 'declined');
    return showNotice('declined');
  }
  if (form.get('act') === 'undo') {
    const outcome = await undoChange(useCase, clientId);
    return outcome === 'done' ? showNotice('undone') : show(request, outcome === 'too_late' ? 'tooLate' : 'lost');
  }
  const date = form.get('date')?.trim() ?? '';
  const dueAt = date === '' ? null : readTime(date);
  if (dueAt === undefined) return show(request, 'badDate');
  const outcome = await switchGrantType(useCase, clientId, otherGrant(application.grantType), { dueAt });
  switch (outcome) {
    case 'done':
      return showNotice(dueAt === null ? 'switched' : 'scheduled');
    case 'bad_date':
      return show(request, 'badDate');
    case 'no_callback':
      return show(request, 'noCallback');
    case 'public_password':
      return show(request, 'publicPassword');
    default:
      return show(request, 'lost');
  }
}

/** `2027-01-31 08:00` in UTC, as ms since 1970. */
function readTime(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/.exec(text);
  const time = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2]}:00Z`);
  return Number.isNaN(time) ? undefined : time;
}
