import type { SignUpProblem } from '../../accounts/sign-up.ts';
import type { Messages } from '../messages/index.ts';
import type { PageContext } from '../page-context.ts';
import { Button } from '../ui/forms/button.tsx';
import { ErrorSummary, type SummaryLine } from '../ui/forms/error-summary.tsx';
import { Field } from '../ui/forms/field.tsx';
import { Form } from '../ui/forms/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { NamedSentence } from '../ui/text/isolated-text.tsx';
import { linkTo, type ReturnTo, returnFields } from './return-to.ts';

export interface SignupViewProps {
  readonly context: PageContext;
  readonly returnTo: ReturnTo;
  /** The application that the user signs up for; `null`: none. */
  readonly applicationName: string | null;
  /** As entered. The password is never sent back. */
  readonly values: { readonly firstName: string; readonly lastName: string; readonly email: string };
  readonly problems: readonly SignUpProblem[];
  readonly failure?: 'throttled' | 'busy';
  readonly retryAfterSeconds?: number;
}

/** The names of the fields in the form. */
const fieldNames = { firstName: 'first_name', lastName: 'last_name', email: 'email', password: 'password' } as const;

export function SignupView(props: SignupViewProps) {
  const { context, returnTo, applicationName, values, problems } = props;
  const { messages } = context;
  const { signup } = messages;
  const errorsOf = (field: SignUpProblem['field']) =>
    problems.filter((problem) => problem.field === field).map((problem) => textOf(messages, problem));
  return (
    <Layout context={context} title={signup.title} width="narrow" task={applicationName !== null}>
      <PageHeader title={signup.title}>
        {applicationName === null ? null : <NamedSentence parts={signup.toContinue(applicationName)} />}
      </PageHeader>
      <ErrorSummary context={context} lines={summary(props)} />
      <Form context={context} action="/signup/" hidden={returnFields(returnTo)}>
        <div class="pair">
          <Field
            name="first_name"
            label={signup.firstName}
            value={values.firstName}
            errors={errorsOf('firstName')}
            autocomplete="given-name"
          />
          <Field
            name="last_name"
            label={signup.lastName}
            value={values.lastName}
            errors={errorsOf('lastName')}
            autocomplete="family-name"
          />
        </div>
        <Field
          name="email"
          label={signup.email}
          type="email"
          value={values.email}
          errors={errorsOf('email')}
          hint={signup.emailHint}
          autocomplete="username"
          inputmode="email"
        />
        <Field
          name="password"
          label={signup.password}
          type="password"
          errors={errorsOf('password')}
          hint={signup.passwordHint}
          autocomplete="new-password"
        />
        <div class="actions">
          <Button weight="primary">{signup.submit}</Button>
        </div>
      </Form>
      <p class="aside">
        {signup.hasAccount} <a href={linkTo('/login/', returnTo)}>{signup.logIn}</a>
      </p>
    </Layout>
  );
}

function summary({ context, problems, failure, retryAfterSeconds = 1 }: SignupViewProps): readonly SummaryLine[] {
  const { messages } = context;
  if (failure !== undefined) return [{ text: messages.form[failure](retryAfterSeconds) }];
  return problems.map((problem) => ({ field: fieldNames[problem.field], text: textOf(messages, problem) }));
}

function textOf({ signup, password }: Messages, problem: SignUpProblem): string {
  switch (problem.field) {
    case 'firstName':
      return signup.firstNameProblems[problem.code];
    case 'lastName':
      return signup.lastNameProblems[problem.code];
    case 'email':
      return signup.emailProblems[problem.code];
    case 'password':
      return password[problem.code];
  }
}
