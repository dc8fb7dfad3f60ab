import { emptyAnswers, readAnswers } from '../../../applications/registration/answers.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import { newId } from '../../../oauth/formats/ids.ts';
import type { Registration } from '../../../ports/store/index.ts';
import type { StepOutcome } from '../../../use-cases/registration/request.ts';
import { stepRegistration } from '../../../use-cases/registrations.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { createdPasswordHasher } from '../../shared/created-password.ts';
import { contextForUseCase } from '../../use-case-context.ts';
import { RegistrationFormView, type RegistrationFormViewProps } from './new-registration-view.tsx';

/** In bytes: all texts of the form at their maximum length, in a script of nine bytes per character when encoded. */
export const registrationFormLimit = 256 * 1024;

/** `/developer/register/`: the AMS registration form. Each user has one draft. */
export const registerApplication: FormPage<Viewer> = {
  formLimit: registrationFormLimit,
  get: async (request) => {
    const draft = await draftOf(request);
    const saved = request.query.get('done') === 'saved';
    return show(request, {
      answers: draft?.answers ?? emptyAnswers,
      version: draft?.version ?? 0,
      ...(saved && { saved }),
    });
  },
  post: submit,
};

async function draftOf({ services, viewer }: PageRequest<Viewer>): Promise<Registration | undefined> {
  const own = await services.store.registrations.listOwn(viewer.user.id);
  return own.find(({ state }) => state === 'draft');
}

function show(
  request: PageRequest<Viewer>,
  formState: Omit<RegistrationFormViewProps, 'context' | 'action'>,
  status = 200,
): PageResponse {
  return {
    kind: 'page',
    view: <RegistrationFormView context={request.context} action="/developer/register/" {...formState} />,
    status,
  };
}

/** Both buttons save the draft first, so nothing is lost if it can't be submitted. */
async function submit(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { form, services, viewer } = request;
  const answers = readAnswers((field) => form.get(field));
  const draft = await draftOf(request);
  const version = draft?.version ?? 0;
  if (form.get('version') !== String(version)) return show(request, { answers, version, lost: true }, 409);
  const useCase = contextForUseCase(request);
  // Not a random text: that could begin with a hyphen, and the command line would read the ID as an option.
  const id = draft?.id ?? newId(useCase.random, useCase.now);
  const savedDraft = { id, ownerId: viewer.user.id, version, answers, now: useCase.now };
  if ((await services.store.registrations.saveDraft(savedDraft)) === 'lost') {
    return show(request, { answers, version, lost: true }, 409);
  }
  if (form.get('act') !== 'submit') return { kind: 'redirect', location: '/developer/register/?done=saved' };
  const outcome = await stepRegistration(useCase, {
    id,
    version: version + 1,
    action: 'submit',
    hashPassword: createdPasswordHasher(request),
  });
  return respondTo(request, outcome, { id, answers, version: version + 1 });
}

function respondTo(
  request: PageRequest<Viewer>,
  outcome: StepOutcome,
  { id, answers, version }: Pick<Registration, 'id' | 'answers' | 'version'>,
): PageResponse {
  switch (outcome.outcome) {
    case 'done':
      return { kind: 'redirect', location: `/developer/registrations/${id}/?done=received` };
    case 'bad_answers':
      return show(request, { answers, version, problems: outcome.problems }, 400);
    default:
      return show(request, { answers, version, lost: true }, 409);
  }
}
