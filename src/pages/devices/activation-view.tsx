import type { Messages } from '../messages/index.ts';
import type { PageContext } from '../page-context.ts';
import { Button } from '../ui/forms/button.tsx';
import { ErrorSummary } from '../ui/forms/error-summary.tsx';
import { Field } from '../ui/forms/field.tsx';
import { Form } from '../ui/forms/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';

export interface ActivationViewProps {
  readonly context: PageContext;
  readonly values: { readonly serialNumber: string; readonly deviceName: string };
  /** The result of the submitted form; absent: no form was submitted. */
  readonly result?: keyof Messages['activation']['results'];
}

export function ActivationView({ context, values, result }: ActivationViewProps) {
  const { activation } = context.messages;
  return (
    <Layout context={context} title={activation.title} width="narrow">
      <PageHeader title={activation.title}>{activation.lead}</PageHeader>
      <Result context={context} result={result} />
      <Form context={context} action="/device-activation/">
        <Field
          name="serial_number"
          label={activation.serialNumber}
          value={values.serialNumber}
          hint={activation.serialNumberHint}
          literal
        />
        <Field
          name="device_name"
          label={activation.deviceName}
          value={values.deviceName}
          hint={activation.deviceNameHint}
          literal
        />
        <div class="actions">
          <Button weight="primary">{activation.submit}</Button>
        </div>
      </Form>
    </Layout>
  );
}

function Result({
  context,
  result,
}: {
  readonly context: PageContext;
  readonly result: ActivationViewProps['result'];
}) {
  if (result === undefined) return null;
  const text = context.messages.activation.results[result];
  if (result === 'taken') return <Notice tone="good">{text}</Notice>;
  if (result === 'already_yours') return <Notice tone="info">{text}</Notice>;
  return <ErrorSummary context={context} lines={[{ field: 'serial_number', text }]} />;
}
