import type { Application } from '../../ports/store/index.ts';
import type { PageContext } from '../page-context.ts';
import { Button } from '../ui/button.tsx';
import { DescriptionList } from '../ui/description-list.tsx';
import { Form } from '../ui/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { Literal } from '../ui/lines.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { pathOfApplication, sectionOf } from './member.ts';

export interface SandboxViewProps {
  readonly context: PageContext;
  readonly application: Application;
  readonly email: string;
}

export function SandboxView({ context, application, email }: SandboxViewProps) {
  const { sandbox } = context.messages.developer;
  return (
    <Layout context={context} title={sandbox.title} section={sectionOf(context, application.clientId)}>
      <PageHeader title={sandbox.title}>{sandbox.lead}</PageHeader>
      <DescriptionList items={[{ term: sandbox.email, value: <Literal>{email}</Literal> }]} />
      <p>{sandbox.devices}</p>
      <Form context={context} action={pathOfApplication(application.clientId, 'sandbox/')}>
        <div class="actions">
          <Button weight="primary">{sandbox.make}</Button>
        </div>
      </Form>
    </Layout>
  );
}
