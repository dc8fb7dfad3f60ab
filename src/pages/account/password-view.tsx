import type { ChangePasswordResult } from '../../accounts/change-password.ts';
import type { PageContext } from '../page-context.ts';
import { Button, ButtonLink } from '../ui/forms/button.tsx';
import { ErrorSummary, type SummaryLine } from '../ui/forms/error-summary.tsx';
import { Field } from '../ui/forms/field.tsx';
import { Form } from '../ui/forms/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';

export interface PasswordViewProps {
  readonly context: PageContext;
  readonly problems: Extract<ChangePasswordResult, { outcome: 'invalid' }>['problems'];
  readonly failure?: 'refused' | 'throttled' | 'busy';
  readonly retryAfterSeconds?: number;
}

export function PasswordView(props: PasswordViewProps) {
  const { context, problems, failure } = props;
  const { changePassword, password, signup } = context.messages;
  return (
    <Layout context={context} title={changePassword.title} width="narrow">
      <PageHeader title={changePassword.title}>{changePassword.effects}</PageHeader>
      <ErrorSummary context={context} lines={summary(props)} />
      <Form context={context} action="/account/password/">
        <Field
          name="current_password"
          label={changePassword.current}
          type="password"
          errors={failure === 'refused' ? [changePassword.refused] : []}
          autocomplete="current-password"
        />
        <Field
          name="new_password"
          label={changePassword.next}
          type="password"
          hint={signup.passwordHint}
          errors={problems.map((problem) => password[problem])}
          autocomplete="new-password"
        />
        <div class="actions">
          <Button weight="primary">{changePassword.submit}</Button>
          <ButtonLink href="/account/">{changePassword.back}</ButtonLink>
        </div>
      </Form>
    </Layout>
  );
}

function summary({ context, problems, failure, retryAfterSeconds = 1 }: PasswordViewProps): readonly SummaryLine[] {
  const { changePassword, form, password } = context.messages;
  switch (failure) {
    case undefined:
      return problems.map((problem) => ({ field: 'new_password', text: password[problem] }));
    case 'refused':
      return [{ field: 'current_password', text: changePassword.refused }];
    default:
      return [{ text: form[failure](retryAfterSeconds) }];
  }
}
