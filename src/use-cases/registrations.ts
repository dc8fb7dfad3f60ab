import { normaliseEmail } from '../accounts/email.ts';
import { designApplication } from '../applications/new-application.ts';
import { type AnswerProblem, callbacksOf, checkAnswers, checkText } from '../applications/registration/answers.ts';
import { nextState, type RegistrationAction, registrationRules } from '../applications/registration/steps.ts';
import type { Letter } from '../mail/template.tsx';
import { mailTo } from '../mail/template.tsx';
import { letters } from '../mail/templates.ts';
import type { Mail } from '../ports/mail.ts';
import type {
  AnswerField,
  NewApplication,
  NewMessage,
  QueuedRegistration,
  RegistrationAnswers,
  RegistrationStep,
} from '../ports/store/index.ts';
import { authorOf, type Desk, noteOf } from './context.ts';
import { type Sandbox, sandboxFor } from './sandbox.ts';

/** Characters in one message. */
const longestMessage = 4000;

/** `not_now`: not in the state it is in. `lost`: somebody else was faster; nothing was done. */
export type StepOutcome =
  | { readonly outcome: 'done' | 'lost' | 'unknown' | 'not_now' }
  | { readonly outcome: 'bad_text'; readonly code: 'required' | 'too_long' | 'unsupported_character' }
  | { readonly outcome: 'bad_answers'; readonly problems: readonly AnswerProblem[] };

/** What is done with a registration. `version`: the one that was read before; absent: whatever it is now. */
export interface StepRequest {
  readonly id: string;
  readonly version?: number;
  readonly action: RegistrationAction;
  readonly text?: string;
  /** The answers that questions are about, each with its question. */
  readonly questions?: readonly { readonly field: AnswerField; readonly text: string }[];
  /** The form, changed by its owner. */
  readonly answers?: RegistrationAnswers;
  /** Makes the sandbox of a submission; absent: none is made. */
  readonly hashPassword?: (password: string) => Promise<string>;
}

/**
 * Takes a registration one step further: state, messages, mails, audit entry and the application that results, in one
 * transaction. The caller checks who may do this.
 */
export async function stepRegistration(desk: Desk, request: StepRequest): Promise<StepOutcome> {
  const registration = await desk.store.registrations.find(request.id);
  if (registration === undefined) return { outcome: 'unknown' };
  const next = nextState(registration.state, request.action);
  if (next === undefined) return { outcome: 'not_now' };
  const wrong = textProblem(request) ?? answersProblem(registration, request);
  if (wrong !== undefined) return wrong;
  const made = await makeFrom(desk, registration, request);
  if ('problems' in made) return { outcome: 'bad_answers', problems: made.problems };
  const step: RegistrationStep = {
    id: registration.id,
    version: request.version ?? registration.version,
    state: next.state,
    queued: next.queued,
    ...(request.answers && registration.state !== 'approved' && { answers: request.answers }),
    messages: messagesFor(desk, request, next.state === registration.state ? null : next.state),
    ...made,
    note: noteOf(desk, `registration.${pastOf[request.action]}`, `registration:${registration.id}`, {
      detail: { state: next.state },
      mails: await mailsFor(desk, { ...registration, answers: request.answers ?? registration.answers }, request),
    }),
    now: desk.now,
  };
  return { outcome: await desk.store.registrations.step(step) };
}

const pastOf = {
  submit: 'submitted',
  reply: 'answered',
  withdraw: 'withdrawn',
  ask: 'information_requested',
  message: 'message_sent',
  note: 'note_added',
  approve: 'approved',
  decline: 'declined',
} as const satisfies Readonly<Record<RegistrationAction, string>>;

function textProblem({ action, text = '', questions = [] }: StepRequest): StepOutcome | undefined {
  const rule = registrationRules[action].text;
  const texts = [...questions.map((question) => question.text), ...(text === '' ? [] : [text])];
  if (rule === 'required' && texts.length === 0) return { outcome: 'bad_text', code: 'required' };
  for (const each of texts) {
    const code = checkText(each, longestMessage);
    if (code !== undefined) return { outcome: 'bad_text', code };
  }
  return undefined;
}

/** What is submitted, or handed in anew, must be whole. */
function answersProblem(registration: QueuedRegistration, request: StepRequest): StepOutcome | undefined {
  const handedIn = request.answers ?? (request.action === 'submit' ? registration.answers : undefined);
  if (handedIn === undefined) return undefined;
  const problems = checkAnswers(handedIn, (text) => normaliseEmail(text) !== null);
  return problems.length > 0 ? { outcome: 'bad_answers', problems } : undefined;
}

type Made = Pick<RegistrationStep, 'application' | 'sandbox' | 'endsSandbox'>;

async function makeFrom(
  desk: Desk,
  registration: QueuedRegistration,
  { action, answers = registration.answers, hashPassword }: StepRequest,
): Promise<Made | { readonly problems: readonly AnswerProblem[] }> {
  if (action === 'submit' && hashPassword !== undefined && registration.sandboxId === null) {
    const sandbox: Sandbox = await sandboxFor(desk, answers, hashPassword);
    return { sandbox };
  }
  if (action === 'withdraw' || action === 'decline') return { endsSandbox: true };
  if (action !== 'approve') return {};
  const application = applicationFrom(desk, answers);
  return application === undefined
    ? { problems: checkAnswers(answers, (text) => normaliseEmail(text) !== null) }
    : { application, endsSandbox: true };
}

/** The application that was asked for, without a secret: its owner makes that in the portal. */
function applicationFrom(desk: Desk, answers: RegistrationAnswers): NewApplication | undefined {
  const request = {
    name: answers.productName,
    ownerName: answers.organisation,
    website: answers.website,
    grantType: answers.grantType,
    redirectUris: callbacksOf(answers),
    isPublic: answers.kind === 'device',
  };
  const design = designApplication(request, desk.random, desk.now);
  return design.outcome === 'invalid' ? undefined : { ...design.application, secret: null };
}

function messagesFor(
  desk: Desk,
  { action, text = '', questions = [] }: StepRequest,
  state: RegistrationStep['state'] | null,
): readonly NewMessage[] {
  const common = { authorId: authorOf(desk), side: registrationRules[action].side } as const;
  const asked = questions.map(({ field, text: question }) => ({
    ...common,
    kind: 'question' as const,
    field,
    text: question,
    state: null,
  }));
  if (state !== null) return [...asked, { ...common, kind: 'step', field: null, text, state }];
  if (text === '') return asked;
  const kind = action === 'note' ? 'note' : 'message';
  return [...asked, { ...common, kind, field: null, text, state: null }];
}

/** Each step is told to the other side; a note to nobody. */
async function mailsFor(
  desk: Desk,
  registration: QueuedRegistration,
  { action, text = '', questions = [] }: StepRequest,
): Promise<readonly Mail[]> {
  const { answers, id, ownerEmail, state } = registration;
  const product = answers.productName;
  const toOwner = (letter: Letter) => [mailTo(ownerEmail, letter)];
  const forOwner = `${desk.publicUrl}/developer/registrations/${id}/`;
  const forStaff = `${desk.publicUrl}/admin/registrations/${id}/`;
  const toStaff = async (letter: Letter) =>
    (await desk.store.users.staffEmails(['administrator', 'support'])).map((address) => mailTo(address, letter));
  const asked = [...questions.map((question) => question.text), ...(text === '' ? [] : [text])].join('\n\n');
  switch (action) {
    case 'submit':
      return [
        ...(await toStaff(letters.registrationSubmitted(product, answers.organisation, forStaff))),
        ...toOwner(letters.registrationReceived(product, forOwner)),
      ];
    case 'reply':
      return toStaff(letters.registrationAnswered(product, text, forStaff));
    case 'withdraw':
      return state === 'draft' ? [] : toStaff(letters.withdrawn(product, forStaff));
    case 'ask':
      return toOwner(letters.informationRequested(product, asked, forOwner));
    case 'message':
      return toOwner(letters.messageToApplicant(product, text, forOwner));
    case 'approve':
      return toOwner(letters.approved(product, text, forOwner));
    case 'decline':
      return toOwner(letters.declined(product, text, forOwner));
    case 'note':
      return [];
  }
}
