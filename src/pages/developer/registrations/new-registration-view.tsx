import type { AnswerProblem } from '../../../applications/registration/answers.ts';
import type { RegistrationAnswers } from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import { Button, ButtonLink } from '../../ui/forms/button.tsx';
import { ErrorSummary } from '../../ui/forms/error-summary.tsx';
import { Form } from '../../ui/forms/form.tsx';
import { TextArea } from '../../ui/forms/text-area.tsx';
import { Layout } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { problemText, RegistrationFields } from './registration-fields.tsx';

export interface RegistrationFormViewProps {
  readonly context: PageContext;
  /** The path that receives the form. */
  readonly action: string;
  readonly answers: RegistrationAnswers;
  readonly version: number;
  readonly problems?: readonly AnswerProblem[];
  /** Whether the draft was saved just now. */
  readonly saved?: boolean;
  /** Whether the form was not saved because the registration changed meanwhile, such as in another window. */
  readonly lost?: boolean;
  /** For a submitted registration: its page, and the reply that explains the changes. Absent: a draft. */
  readonly within?: { readonly back: string; readonly reply: string; readonly replyErrors: readonly string[] };
}

/** The AMS registration form, and the criteria of the review beside it. */
export function RegistrationFormView({
  context,
  action,
  answers,
  version,
  problems = [],
  saved,
  lost,
  within,
}: RegistrationFormViewProps) {
  const { register, registration } = context.messages.developer;
  const title = within === undefined ? register.title : register.editTitle;
  const lines = problems.map((problem) => ({ field: problem.field, text: problemText(context, problem) }));
  return (
    <Layout context={context} title={title} width="wide">
      <PageHeader title={title}>{register.lead}</PageHeader>
      {saved ? <Notice tone="good">{register.saved}</Notice> : null}
      {lost ? <Notice tone="bad">{register.lost}</Notice> : null}
      <ErrorSummary context={context} lines={lines} />
      <div class="with-aside">
        <Form context={context} action={action} hidden={{ version }}>
          {within === undefined ? null : (
            <TextArea
              name="text"
              label={registration.reply}
              value={within.reply}
              errors={within.replyErrors}
              rows={5}
            />
          )}
          <RegistrationFields context={context} answers={answers} problems={problems} />
          <div class="actions">
            <Button weight="primary" name="act" value="submit">
              {within === undefined ? register.submit : registration.send}
            </Button>
            {within === undefined ? (
              <Button name="act" value="save">
                {register.save}
              </Button>
            ) : (
              <ButtonLink href={within.back}>{registration.keep}</ButtonLink>
            )}
          </div>
        </Form>
        <aside class="aside-box">
          <h2>{register.criteriaTitle}</h2>
          <ul>
            {register.criteria.map((criterion) => (
              <li key={criterion}>{criterion}</li>
            ))}
          </ul>
          <h2>{register.timeTitle}</h2>
          <p>{register.time}</p>
        </aside>
      </div>
    </Layout>
  );
}
