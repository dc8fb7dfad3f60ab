import { readAnswers } from '../../../applications/registration/answers.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import type { QueuedRegistration } from '../../../ports/store/index.ts';
import { stepRegistration } from '../../../use-cases/registrations.ts';
import { deskOf } from '../../desk.ts';
import type { Page, PageAnswer, PageRequest } from '../../page.ts';
import { registrationFormLimit } from './new-registration.tsx';
import { RegisterView, type RegisterViewProps } from './new-registration-view.tsx';
import { ownRegistration, textOf } from './registration.tsx';

/** `/developer/registrations/{registration}/edit/`: answers are changed together with a reply that says so. */
export const editRegistrationPage: Page = {
  path: '/developer/registrations/:registration/edit/',
  guard: 'signed-in',
  formLimit: registrationFormLimit,
  get: async (request) => {
    const registration = await ownRegistration(request);
    return show(request, registration, { answers: registration.answers });
  },
  post: submit,
};

type Filled = Pick<RegisterViewProps, 'answers' | 'problems' | 'lost'> & {
  readonly reply?: string;
  readonly replyErrors?: readonly string[];
};

function show(
  { shell }: PageRequest<Viewer>,
  { id, version }: QueuedRegistration,
  { reply = '', replyErrors = [], ...filled }: Filled,
  status = 200,
): PageAnswer {
  const back = `/developer/registrations/${id}/`;
  const within = { back, reply, replyErrors };
  const view = <RegisterView shell={shell} action={`${back}edit/`} version={version} within={within} {...filled} />;
  return { kind: 'page', view, status };
}

async function submit(request: PageRequest<Viewer>): Promise<PageAnswer> {
  const registration = await ownRegistration(request);
  const answers = readAnswers((field) => request.form.get(field));
  const reply = textOf(request);
  const version = Number(request.form.get('version'));
  const step = { id: registration.id, version, action: 'reply', text: reply, answers } as const;
  const outcome = await stepRegistration(deskOf(request), step);
  const { textProblems } = request.shell.messages.developer.registration;
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
