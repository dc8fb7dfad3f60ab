import { readAnswers } from '../../../applications/registration/answers.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import type { QueuedRegistration } from '../../../ports/store/index.ts';
import { stepRegistration } from '../../../use-cases/registrations.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { readText } from '../../shared/read-value.ts';
import { contextForUseCase } from '../../use-case-context.ts';
import { registrationFormLimit } from './new-registration.tsx';
import { RegistrationFormView, type RegistrationFormViewProps } from './new-registration-view.tsx';
import { ownRegistration } from './registration.tsx';

/** `/developer/registrations/{registration}/edit/`: changes the answers, with a reply that explains why. */
export const editRegistration: FormPage<Viewer> = {
  formLimit: registrationFormLimit,
  get: async (request) => {
    const registration = await ownRegistration(request);
    return show(request, registration, { answers: registration.answers });
  },
  post: submit,
};

type FormState = Pick<RegistrationFormViewProps, 'answers' | 'problems' | 'lost'> & {
  readonly reply?: string;
  readonly replyErrors?: readonly string[];
};

function show(
  { context }: PageRequest<Viewer>,
  { id, version }: QueuedRegistration,
  { reply = '', replyErrors = [], ...formState }: FormState,
  status = 200,
): PageResponse {
  const back = `/developer/registrations/${id}/`;
  const within = { back, reply, replyErrors };
  const view = (
    <RegistrationFormView context={context} action={`${back}edit/`} version={version} within={within} {...formState} />
  );
  return { kind: 'page', view, status };
}

async function submit(request: PageRequest<Viewer>): Promise<PageResponse> {
  const registration = await ownRegistration(request);
  const answers = readAnswers((field) => request.form.get(field));
  const reply = readText(request);
  const version = Number(request.form.get('version'));
  const step = { id: registration.id, version, action: 'reply', text: reply, answers } as const;
  const outcome = await stepRegistration(contextForUseCase(request), step);
  const { textProblems } = request.context.messages.developer.registration;
  switch (outcome.outcome) {
    case 'done':
      return { kind: 'redirect', location: `/developer/registrations/${registration.id}/?done=replied` };
    case 'bad_answers':
      return show(request, registration, { answers, reply, problems: outcome.problems }, 400);
    case 'bad_text':
      return show(request, registration, { answers, reply, replyErrors: [textProblems[outcome.code]] }, 400);
    default:
      return show(request, await ownRegistration(request), { answers, reply, lost: true }, 409);
  }
}
