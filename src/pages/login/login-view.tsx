import type { PageContext } from '../page-context.ts';
import { Button } from '../ui/forms/button.tsx';
import { ErrorSummary, type SummaryLine } from '../ui/forms/error-summary.tsx';
import { Field } from '../ui/forms/field.tsx';
import { Form } from '../ui/forms/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { NamedSentence } from '../ui/text/isolated-text.tsx';
import { linkTo, type ReturnTo, returnFields } from './return-to.ts';

export interface LoginViewProps {
  readonly context: PageContext;
  readonly returnTo: ReturnTo;
  /** The application that the user logs in for; `null`: none. */
  readonly applicationName: string | null;
  /** As entered. The password is never sent back. */
  readonly email: string;
  readonly failure?: 'missing' | 'refused' | 'throttled' | 'busy';
  readonly retryAfterSeconds?: number;
}

export function LoginView(props: LoginViewProps) {
  const { context, returnTo, applicationName, email } = props;
  const { login } = context.messages;
  return (
    <Layout context={context} title={login.title} width="narrow" task={applicationName !== null}>
      <PageHeader title={login.title}>
        {applicationName === null ? null : <NamedSentence parts={login.toContinue(applicationName)} />}
      </PageHeader>
      <ErrorSummary context={context} lines={failureLines(props)} />
      <Form context={context} action="/login/" hidden={returnFields(returnTo)}>
        <Field name="email" label={login.email} type="email" value={email} autocomplete="username" inputmode="email" />
        <Field name="password" label={login.password} type="password" autocomplete="current-password" />
        <div class="actions">
          <Button weight="primary">{login.submit}</Button>
        </div>
      </Form>
      <p class="aside">
        {login.noAccount} <a href={linkTo('/signup/', returnTo)}>{login.signUp}</a>
      </p>
    </Layout>
  );
}

function failureLines({ context, failure, retryAfterSeconds = 1 }: LoginViewProps): readonly SummaryLine[] {
  const { form, login } = context.messages;
  switch (failure) {
    case 'missing':
      return [{ field: 'email', text: login.missing }];
    case 'refused':
      return [{ field: 'email', text: `${login.refused} ${login.refusedHint}` }];
    case 'throttled':
      return [{ text: form.throttled(retryAfterSeconds) }];
    case 'busy':
      return [{ text: form.busy(retryAfterSeconds) }];
    default:
      return [];
  }
}
