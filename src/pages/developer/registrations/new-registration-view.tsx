import type { ComponentChildren } from 'preact';
import type { AnswerProblem } from '../../../applications/registration/answers.ts';
import { maxNameLength, maxTextLength } from '../../../applications/registration/answers.ts';
import { countries } from '../../../applications/registration/countries.ts';
import type { AnswerField, RegistrationAnswers } from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import { Button, ButtonLink } from '../../ui/forms/button.tsx';
import { Choice } from '../../ui/forms/choice.tsx';
import { ErrorSummary } from '../../ui/forms/error-summary.tsx';
import { Field } from '../../ui/forms/field.tsx';
import { Form } from '../../ui/forms/form.tsx';
import { type Option, Select } from '../../ui/forms/select.tsx';
import { TextArea } from '../../ui/forms/text-area.tsx';
import { Layout } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';

export interface RegisterViewProps {
  readonly context: PageContext;
  readonly action: string;
  readonly answers: RegistrationAnswers;
  readonly version: number;
  readonly problems?: readonly AnswerProblem[];
  readonly saved?: boolean;
  /** Somebody else, or another window, was faster. */
  readonly lost?: boolean;
  /** The form belongs to a registration that is under way: what is said beside it, and where that is. */
  readonly within?: { readonly back: string; readonly reply: string; readonly replyErrors: readonly string[] };
}

/** The AMS registration form, and what is looked at when it is read. */
export function RegisterView(props: RegisterViewProps) {
  const { context, action, version, problems = [], saved, lost, within } = props;
  const { register, registration } = context.messages.developer;
  const title = within === undefined ? register.title : register.editTitle;
  const lines = problems.map((problem) => ({ field: problem.field, text: sentenceFor(context, problem) }));
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
          <Parts {...props} />
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

function sentenceFor(context: PageContext, { field, code, message }: AnswerProblem): string {
  const { fields, problem } = context.messages.developer.register;
  return code === 'callback' ? `${fields[field].label}: ${message ?? ''}.` : problem(fields[field].label, code);
}

function Parts({ context, answers, problems = [] }: RegisterViewProps) {
  const { register, grants } = context.messages.developer;
  const { fields, parts, grantHints, kinds } = register;
  const given = (field: AnswerField) => ({
    name: field,
    ...fields[field],
    value: answers[field],
    errors: problems.filter((problem) => problem.field === field).map((problem) => sentenceFor(context, problem)),
  });
  const line = (field: AnswerField) => <Field {...given(field)} maxLength={300} />;
  const text = (field: AnswerField) => <TextArea {...given(field)} maxLength={maxTextLength} />;
  return (
    <>
      <Part title={parts.product}>
        <Field {...given('productName')} maxLength={maxNameLength} />
        {line('website')}
        {text('purpose')}
      </Part>
      <Part title={parts.organisation}>
        {line('organisation')}
        <Select {...given('country')} options={countryOptions(register.chooseCountry)} />
      </Part>
      <Part title={parts.data}>
        {text('dataViewers')}
        <Field {...given('expectedUsers')} inputmode="numeric" maxLength={8} />
        {text('storage')}
        {text('deletion')}
        {line('privacyPolicy')}
      </Part>
      <Part title={parts.contacts}>
        <div class="pair">
          {line('technicalName')}
          {line('technicalEmail')}
          {line('legalName')}
          {line('legalEmail')}
        </div>
      </Part>
      <Part title={parts.technical}>
        <Choice
          {...given('grantType')}
          options={(['authorization_code', 'password'] as const).map((grant) => ({
            value: grant,
            text: grants[grant],
            hint: grantHints[grant],
          }))}
        />
        {text('passwordReason')}
        <Choice
          {...given('kind')}
          options={(['server', 'device'] as const).map((kind) => ({ value: kind, ...kinds[kind] }))}
        />
        <TextArea {...given('callbacks')} rows={3} literal check="/developer/check-callbacks/" />
      </Part>
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <fieldset class="part">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

let named: readonly Option[] | undefined;

/** By name. Made when it is first needed: names and their order are much to load for a server that shows no form. */
function countryOptions(choose: string): readonly Option[] {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  named ??= countries
    .map((code) => ({ value: code, text: names.of(code) ?? code }))
    .sort((one, other) => one.text.localeCompare(other.text, 'en'));
  return [{ value: '', text: choose }, ...named];
}
