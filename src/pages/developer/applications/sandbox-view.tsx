import type { Application } from '../../../ports/store/index.ts';
import { DescriptionList } from '../../ui/description-list.tsx';
import { Button } from '../../ui/forms/button.tsx';
import { Form } from '../../ui/forms/form.tsx';
import { Layout } from '../../ui/layout.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import type { Shell } from '../../ui/shell.ts';
import { Literal } from '../../ui/text/lines.tsx';
import { pathOfApplication, sectionOf } from '../members/membership.ts';

export interface SandboxViewProps {
  readonly shell: Shell;
  readonly application: Application;
  readonly email: string;
}

export function SandboxView({ shell, application, email }: SandboxViewProps) {
  const { sandbox } = shell.messages.developer;
  return (
    <Layout shell={shell} title={sandbox.title} section={sectionOf(shell, application.clientId)}>
      <PageHeader title={sandbox.title}>{sandbox.lead}</PageHeader>
      <DescriptionList items={[{ term: sandbox.email, value: <Literal>{email}</Literal> }]} />
      <p>{sandbox.devices}</p>
      <Form shell={shell} action={pathOfApplication(application.clientId, 'sandbox/')}>
        <div class="actions">
          <Button weight="primary">{sandbox.make}</Button>
        </div>
      </Form>
    </Layout>
  );
}
