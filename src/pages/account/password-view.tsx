import type { ChangePasswordAnswer } from '../../accounts/change-password.ts';
import { Button, ButtonLink } from '../ui/forms/button.tsx';
import { ErrorSummary, type SummaryLine } from '../ui/forms/error-summary.tsx';
import { Field } from '../ui/forms/field.tsx';
import { Form } from '../ui/forms/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import type { Shell } from '../ui/shell.ts';

export interface PasswordViewProps {
  readonly shell: Shell;
  readonly problems: Extract<ChangePasswordAnswer, { outcome: 'invalid' }>['problems'];
  readonly failure?: 'refused' | 'throttled' | 'busy';
  readonly retryAfterSeconds?: number;
}

export function PasswordView(props: PasswordViewProps) {
  const { shell, problems, failure } = props;
  const { changePassword, password, signup } = shell.messages;
  return (
    <Layout shell={shell} title={changePassword.title} width="narrow">
      <PageHeader title={changePassword.title}>{changePassword.effects}</PageHeader>
      <ErrorSummary shell={shell} lines={summary(props)} />
      <Form shell={shell} action="/account/password/">
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

function summary({ shell, problems, failure, retryAfterSeconds = 1 }: PasswordViewProps): readonly SummaryLine[] {
  const { changePassword, form, password } = shell.messages;
  switch (failure) {
    case undefined:
      return problems.map((problem) => ({ field: 'new_password', text: password[problem] }));
    case 'refused':
      return [{ field: 'current_password', text: changePassword.refused }];
    default:
      return [{ text: form[failure](retryAfterSeconds) }];
  }
}
