import { type ReturnTo, returnFields } from '../login/return-to.ts';
import type { PageContext } from '../page-context.ts';
import { Button } from '../ui/forms/button.tsx';
import { ErrorSummary } from '../ui/forms/error-summary.tsx';
import { Field } from '../ui/forms/field.tsx';
import { Form } from '../ui/forms/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';

export interface ConfirmViewProps {
  readonly context: PageContext;
  readonly returnTo: ReturnTo;
  readonly failure: 'refused' | 'throttled' | 'busy' | undefined;
  readonly retryAfterSeconds: number;
}

export function ConfirmView({ context, returnTo, failure, retryAfterSeconds }: ConfirmViewProps) {
  const { confirm, form, login } = context.messages;
  const text =
    failure === undefined ? undefined : failure === 'refused' ? confirm.refused : form[failure](retryAfterSeconds);
  return (
    <Layout context={context} title={confirm.title} width="narrow">
      <PageHeader title={confirm.title}>{confirm.lead}</PageHeader>
      <ErrorSummary
        context={context}
        lines={text === undefined ? [] : [{ text, ...(failure === 'refused' && { field: 'password' }) }]}
      />
      <Form context={context} action="/account/confirm/" hidden={returnFields(returnTo)}>
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
