import type { Application } from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import { DescriptionList } from '../../ui/description-list.tsx';
import { Button } from '../../ui/forms/button.tsx';
import { Form } from '../../ui/forms/form.tsx';
import { Layout } from '../../ui/layout.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { InlineCode } from '../../ui/text/lines.tsx';
import { applicationSection, pathOfApplication } from '../members/membership.ts';

export interface SandboxViewProps {
  readonly context: PageContext;
  readonly application: Application;
  readonly email: string;
}

export function SandboxView({ context, application, email }: SandboxViewProps) {
  const { sandbox } = context.messages.developer;
  return (
    <Layout context={context} title={sandbox.title} section={applicationSection(context, application.clientId)}>
      <PageHeader title={sandbox.title}>{sandbox.lead}</PageHeader>
      <DescriptionList items={[{ term: sandbox.email, value: <InlineCode>{email}</InlineCode> }]} />
      <p>{sandbox.devices}</p>
      <Form context={context} action={pathOfApplication(application.clientId, 'sandbox/')}>
        <div class="actions">
          <Button weight="primary">{sandbox.make}</Button>
        </div>
      </Form>
    </Layout>
  );
}
