import type { Messages } from '../messages/index.ts';
import { Button } from '../ui/forms/button.tsx';
import { ErrorSummary } from '../ui/forms/error-summary.tsx';
import { Field } from '../ui/forms/field.tsx';
import { Form } from '../ui/forms/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import type { Shell } from '../ui/shell.ts';

export interface ActivationViewProps {
  readonly shell: Shell;
  readonly values: { readonly serialNumber: string; readonly deviceName: string };
  /** What came of it; absent: nothing was tried yet. */
  readonly result?: keyof Messages['activation']['results'];
}

export function ActivationView({ shell, values, result }: ActivationViewProps) {
  const { activation } = shell.messages;
  return (
    <Layout shell={shell} title={activation.title} width="narrow">
      <PageHeader title={activation.title}>{activation.lead}</PageHeader>
      <Result shell={shell} result={result} />
      <Form shell={shell} action="/device-activation/">
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

function Result({ shell, result }: { readonly shell: Shell; readonly result: ActivationViewProps['result'] }) {
  if (result === undefined) return null;
  const text = shell.messages.activation.results[result];
  if (result === 'taken') return <Notice tone="good">{text}</Notice>;
  if (result === 'already_yours') return <Notice tone="info">{text}</Notice>;
  return <ErrorSummary shell={shell} lines={[{ field: 'serial_number', text }]} />;
}
