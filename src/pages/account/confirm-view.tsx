import { Button } from '../ui/forms/button.tsx';
import { ErrorSummary } from '../ui/forms/error-summary.tsx';
import { Field } from '../ui/forms/field.tsx';
import { Form } from '../ui/forms/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import type { Shell } from '../ui/shell.ts';

export interface ConfirmViewProps {
  readonly shell: Shell;
  readonly next: string | undefined;
  readonly failure: 'refused' | 'throttled' | 'busy' | undefined;
  readonly retryAfterSeconds: number;
}

export function ConfirmView({ shell, next, failure, retryAfterSeconds }: ConfirmViewProps) {
  const { confirm, form, login } = shell.messages;
  const text =
    failure === undefined ? undefined : failure === 'refused' ? confirm.refused : form[failure](retryAfterSeconds);
  return (
    <Layout shell={shell} title={confirm.title} width="narrow">
      <PageHeader title={confirm.title}>{confirm.lead}</PageHeader>
      <ErrorSummary
        shell={shell}
        lines={text === undefined ? [] : [{ text, ...(failure === 'refused' && { field: 'password' }) }]}
      />
      <Form shell={shell} action="/account/confirm/" hidden={{ next }}>
        <Field
          name="password"
          label={login.password}
          type="password"
          errors={failure === 'refused' && text !== undefined ? [text] : []}
          autocomplete="current-password"
        />
        <div class="actions">
          <Button weight="primary">{confirm.submit}</Button>
        </div>
      </Form>
    </Layout>
  );
}
