import { type ReturnTo, returnFields } from '../sign-in/return-to.ts';
import { Button } from '../ui/button.tsx';
import { ErrorSummary } from '../ui/error-summary.tsx';
import { Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import type { Shell } from '../ui/shell.ts';

export interface ConfirmViewProps {
  readonly shell: Shell;
  readonly returnTo: ReturnTo;
  readonly failure: 'refused' | 'throttled' | 'busy' | undefined;
  readonly retryAfterSeconds: number;
}

export function ConfirmView({ shell, returnTo, failure, retryAfterSeconds }: ConfirmViewProps) {
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
      <Form shell={shell} action="/account/confirm/" hidden={returnFields(returnTo)}>
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
