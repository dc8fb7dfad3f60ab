import type { PageContext } from '../page-context.ts';
import { type ReturnTo, returnFields } from '../sign-in/return-to.ts';
import { Button } from '../ui/button.tsx';
import { ErrorSummary } from '../ui/error-summary.tsx';
import { Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
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
