import type { Application } from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import { Button } from '../../ui/forms/button.tsx';
import { ErrorSummary } from '../../ui/forms/error-summary.tsx';
import { Form } from '../../ui/forms/form.tsx';
import { TextArea } from '../../ui/forms/text-area.tsx';
import { Layout } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { CodeList } from '../../ui/text/lines.tsx';
import { applicationSection, pathOfApplication } from '../members/membership.ts';

export interface CallbacksViewProps {
  readonly context: PageContext;
  readonly application: Application;
  readonly isOwner: boolean;
  readonly text: string;
  readonly problems: readonly string[];
  readonly saved: boolean;
}

export function CallbacksView({ context, application, isOwner, text, problems, saved }: CallbacksViewProps) {
  const { callbacks, register } = context.messages.developer;
  const { clientId, redirectUris, confidential } = application;
  const check = `/developer/check-callbacks/?kind=${confidential ? 'server' : 'device'}`;
  return (
    <Layout context={context} title={callbacks.title} section={applicationSection(context, clientId)}>
      <PageHeader title={callbacks.title}>{callbacks.lead}</PageHeader>
      {saved ? <Notice tone="good">{callbacks.saved}</Notice> : null}
      <ErrorSummary
        context={context}
        lines={problems.map((problem) => ({ field: 'callbacks', text: `${problem}.` }))}
      />
      {isOwner ? (
        <Form context={context} action={pathOfApplication(clientId, 'callbacks/')}>
          <TextArea
            name="callbacks"
            label={callbacks.title}
            hint={register.fields.callbacks.hint ?? ''}
            value={text}
            errors={problems.map((problem) => `${problem}.`)}
            rows={5}
            literal
            check={check}
          />
          <p>{callbacks.effects}</p>
          <div class="actions">
            <Button weight="primary">{callbacks.submit}</Button>
          </div>
        </Form>
      ) : (
        <>
          <CodeList lines={redirectUris} />
          <p>{callbacks.confirm}</p>
        </>
      )}
    </Layout>
  );
}
