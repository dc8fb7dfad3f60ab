import { answerFields } from '../../applications/registration/answers.ts';
import type { AnswerField, RegistrationAnswers, RegistrationMessage } from '../../ports/store/index.ts';
import type { PageContext } from '../page-context.ts';
import type { Description } from '../ui/description-list.tsx';
import { Multiline } from '../ui/text/multiline.tsx';
import type { ThreadEntry } from '../ui/text/thread.tsx';

/** One message. It has no author's name if an applicant reads a message of the administrators. */
export function threadEntryFrom(context: PageContext, message: RegistrationMessage): ThreadEntry {
  const { developer, minute } = context.messages;
  const texts = developer.registration;
  const { id, side, kind, field, text, state, authorName, at } = message;
  return {
    key: String(id),
    author: authorName ?? texts.administrators,
    side,
    when: minute(at),
    ...labelOf(context, kind, state),
    ...(field !== null && { about: texts.about(developer.register.fields[field].label) }),
    text,
  };
}

function labelOf(
  context: PageContext,
  kind: RegistrationMessage['kind'],
  state: RegistrationMessage['state'],
): Pick<ThreadEntry, 'label'> {
  const texts = context.messages.developer.registration;
  if (kind === 'question') return { label: { tone: 'warning', text: texts.kinds.question } };
  if (kind === 'note') return { label: { tone: 'info', text: texts.kinds.note } };
  if (kind !== 'step' || state === null) return {};
  const tone = state === 'approved' ? 'good' : state === 'declined' ? 'bad' : 'info';
  return { label: { tone, text: texts.steps[state] } };
}

/** The answers of the registration form, without the empty ones. */
export function answerItems(context: PageContext, answers: RegistrationAnswers): readonly Description[] {
  const { fields } = context.messages.developer.register;
  return answerFields
    .filter((field) => answers[field] !== '')
    .map((field) => ({
      term: fields[field].label,
      value: <Multiline>{answerText(context, answers, field)}</Multiline>,
    }));
}

function answerText(context: PageContext, answers: RegistrationAnswers, field: AnswerField): string {
  const { developer } = context.messages;
  if (field === 'grantType' && answers.grantType !== '') return developer.grants[answers.grantType];
  if (field === 'kind') return developer.register.kinds[answers.kind].text;
  if (field === 'country' && /^[A-Z]{2}$/.test(answers.country))
    return new Intl.DisplayNames('en', { type: 'region' }).of(answers.country) ?? answers.country;
  return answers[field];
}
