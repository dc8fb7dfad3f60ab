import { actionsOf } from '../../../applications/registration/steps.ts';
import type { QueuedRegistration, RegistrationMessage } from '../../../ports/store/index.ts';
import type { StepOutcome } from '../../../use-cases/registration/request.ts';
import type { PageContext } from '../../page-context.ts';
import { answerItems, threadEntryFrom } from '../../shared/registration-thread.tsx';
import { RegistrationBadge } from '../../shared/status-badges.tsx';
import { DescriptionList } from '../../ui/description-list.tsx';
import { Button, ButtonLink } from '../../ui/forms/button.tsx';
import { Form } from '../../ui/forms/form.tsx';
import { TextArea } from '../../ui/forms/text-area.tsx';
import { Layout } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { NamedSentence } from '../../ui/text/isolated-text.tsx';
import { Thread } from '../../ui/text/thread.tsx';
import { pathOfApplication } from '../members/membership.ts';

export interface RegistrationViewProps {
  readonly context: PageContext;
  readonly registration: QueuedRegistration;
  readonly messages: readonly RegistrationMessage[];
  /** In the queue, from 1; `null`: it is not in the queue. */
  readonly position: number | null;
  /** Ms since 1970. */
  readonly now: number;
  /** Of the approved application; `null`: there is none. */
  readonly clientId: string | null;
  /** Of its sandbox, while that is active. */
  readonly sandboxClientId: string | null;
  readonly problem?: StepOutcome;
  /** As entered in a reply that was refused. */
  readonly text?: string;
  readonly notice?: 'received' | 'replied';
}

const dayMs = 86_400_000;

export function RegistrationView(props: RegistrationViewProps) {
  const { context, registration, messages, position, now, notice } = props;
  const { developer } = context.messages;
  const { answers, state, submittedAt } = registration;
  const texts = developer.registration;
  return (
    <Layout context={context} title={answers.productName} width="wide">
      <PageHeader title={<NamedSentence parts={texts.title(answers.productName)} />} />
      {notice === undefined ? null : <Notice tone="good">{texts[notice]}</Notice>}
      <p class="status-line">
        <RegistrationBadge context={context} state={state} />{' '}
        {position === null || submittedAt === null
          ? null
          : `${texts.place(position)}, ${texts.age(Math.floor((now - submittedAt) / dayMs))}`}
      </p>
      <NextStep {...props} />
      <section class="full">
        <h2>{texts.conversation}</h2>
        <Thread label={texts.conversation} entries={messages.map((message) => threadEntryFrom(context, message))} />
        <Reply {...props} />
      </section>
      <section class="full">
        <h2>{texts.answers}</h2>
        <DescriptionList items={answerItems(context, answers)} />
      </section>
    </Layout>
  );
}

function NextStep({ context, clientId, sandboxClientId }: RegistrationViewProps) {
  const texts = context.messages.developer.registration;
  if (clientId !== null) {
    return (
      <Notice tone="good" title={texts.credentialsReady}>
        <a href={pathOfApplication(clientId, 'secrets/')}>{texts.open}</a>
      </Notice>
    );
  }
  if (sandboxClientId === null) return null;
  return (
    <Notice tone="info" title={texts.sandboxTitle}>
      <p>{texts.sandboxText}</p>
      <a href={pathOfApplication(sandboxClientId)}>{texts.sandboxOpen}</a>
    </Notice>
  );
}

function Reply({ context, registration, problem, text = '' }: RegistrationViewProps) {
  const texts = context.messages.developer.registration;
  const { id, version, state } = registration;
  const actions = actionsOf('owner', state);
  if (!actions.includes('reply')) return null;
  const canEdit = state === 'submitted' || state === 'information_requested' || state === 'declined';
  return (
    <>
      {problem?.outcome === 'lost' ? <Notice tone="bad">{texts.lost}</Notice> : null}
      {problem?.outcome === 'not_now' ? <Notice tone="bad">{texts.notNow}</Notice> : null}
      {state === 'declined' ? <p>{texts.appeal}</p> : null}
      <Form context={context} action={`/developer/registrations/${id}/`} hidden={{ version }} class="form full">
        <TextArea
          name="text"
          label={texts.reply}
          value={text}
          errors={problem?.outcome === 'bad_text' ? [texts.textProblems[problem.code]] : []}
          rows={5}
        />
        <div class="actions">
          <Button weight="primary">{texts.send}</Button>
          {canEdit ? <ButtonLink href={`/developer/registrations/${id}/edit/`}>{texts.edit}</ButtonLink> : null}
          {actions.includes('withdraw') ? (
            <ButtonLink href={`/developer/registrations/${id}/withdraw/`}>{texts.withdraw}</ButtonLink>
          ) : null}
        </div>
      </Form>
    </>
  );
}
