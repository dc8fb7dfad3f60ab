import { answerFields } from '../../../applications/registration/answers.ts';
import { actionsOf } from '../../../applications/registration/steps.ts';
import type { QueuedRegistration, RegistrationMessage } from '../../../ports/store/index.ts';
import type { StepOutcome } from '../../../use-cases/registration/request.ts';
import type { PageContext } from '../../page-context.ts';
import { answerItems, threadEntryFrom } from '../../shared/registration-thread.tsx';
import { RegistrationBadge } from '../../shared/status-badges.tsx';
import { DescriptionList } from '../../ui/description-list.tsx';
import { Button, ButtonLink } from '../../ui/forms/button.tsx';
import { RadioGroup } from '../../ui/forms/choice.tsx';
import { Form } from '../../ui/forms/form.tsx';
import { Select } from '../../ui/forms/select.tsx';
import { TextArea } from '../../ui/forms/text-area.tsx';
import { Notice } from '../../ui/notice.tsx';
import { IsolatedName } from '../../ui/text/isolated-text.tsx';
import { Thread } from '../../ui/text/thread.tsx';
import { ConsolePage } from '../console-page.tsx';
import { noticeFor } from '../section.ts';

export interface ReviewProps {
  readonly context: PageContext;
  readonly registration: QueuedRegistration;
  readonly messages: readonly RegistrationMessage[];
  /** Of the approved application; `null`: there is none. */
  readonly clientId: string | null;
  readonly mayAnswer: boolean;
  readonly mayDecide: boolean;
  /** See {@link noticeFor}. */
  readonly noticeName: string | undefined;
  readonly problem?: StepOutcome;
  /** As entered in a message that was refused. */
  readonly entered?: { readonly action: 'ask' | 'message' | 'note'; readonly field: string; readonly text: string };
}

export function ReviewView(props: ReviewProps) {
  const { context, registration, messages, clientId, mayDecide, noticeName } = props;
  const { admin, developer, minute } = context.messages;
  const { id, answers, state, ownerEmail, submittedAt } = registration;
  const actions = actionsOf('staff', state);
  const texts = developer.registration;
  return (
    <ConsolePage
      context={context}
      name={answers.productName}
      title={<IsolatedName>{answers.productName}</IsolatedName>}
      lead={<IsolatedName>{answers.organisation}</IsolatedName>}
      notice={noticeFor(context, noticeName)}
    >
      <p class="status-line">
        <RegistrationBadge context={context} state={state} /> {ownerEmail}
        {submittedAt === null ? '' : `, ${minute(submittedAt)}`}
      </p>
      {clientId === null ? null : (
        <p>
          <a href={`/admin/applications/${clientId}/`}>{admin.registration.application}</a>
        </p>
      )}
      <section class="full">
        <h2>{texts.answers}</h2>
        <DescriptionList items={answerItems(context, answers)} />
      </section>
      <section class="full">
        <h2>{texts.conversation}</h2>
        <Thread label={texts.conversation} entries={messages.map((message) => threadEntryFrom(context, message))} />
        <MessageForm {...props} />
      </section>
      {mayDecide && actions.includes('approve') ? (
        <div class="actions">
          <ButtonLink weight="primary" href={`/admin/registrations/${id}/approve/`}>
            {admin.registration.approve}
          </ButtonLink>
          <ButtonLink weight="danger" href={`/admin/registrations/${id}/decline/`}>
            {admin.registration.decline}
          </ButtonLink>
        </div>
      ) : null}
    </ConsolePage>
  );
}

function MessageForm({ context, registration, mayAnswer, problem, entered }: ReviewProps) {
  const { admin, developer } = context.messages;
  const texts = admin.registration;
  const possible = (['ask', 'message', 'note'] as const).filter((action) =>
    actionsOf('staff', registration.state).includes(action),
  );
  if (!mayAnswer || possible.length === 0) return null;
  const { fields } = developer.register;
  const about = answerFields.map((field) => ({ value: field as string, text: fields[field].label }));
  return (
    <>
      <StepProblem context={context} problem={problem} />
      <Form
        context={context}
        action={`/admin/registrations/${registration.id}/`}
        hidden={{ version: registration.version }}
        class="form full"
      >
        <RadioGroup
          name="act"
          label={texts.act}
          value={entered?.action ?? possible[0] ?? 'note'}
          options={possible.map((action) => ({ value: action, ...texts.acts[action] }))}
        />
        {possible.includes('ask') ? (
          <Select
            name="field"
            label={texts.field}
            value={entered?.field ?? ''}
            options={[{ value: '', text: texts.wholeForm }, ...about]}
          />
        ) : null}
        <TextArea
          name="text"
          label={texts.text}
          rows={5}
          value={entered?.text ?? ''}
          errors={problem?.outcome === 'bad_text' ? [developer.registration.textProblems[problem.code]] : []}
        />
        <div class="actions">
          <Button weight="primary">{texts.send}</Button>
        </div>
      </Form>
    </>
  );
}

/** The reason why a step was refused, if it is not about a field. */
function StepProblem({
  context,
  problem,
}: {
  readonly context: PageContext;
  readonly problem: StepOutcome | undefined;
}) {
  const { lost, notNow } = context.messages.admin.registration;
  if (problem?.outcome === 'lost') return <Notice tone="bad">{lost}</Notice>;
  return problem?.outcome === 'not_now' ? <Notice tone="bad">{notNow}</Notice> : null;
}
