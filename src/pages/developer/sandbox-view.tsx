import type { Application } from '../../ports/store/index.ts';
import { Button } from '../ui/button.tsx';
import { DescriptionList } from '../ui/description-list.tsx';
import { Form } from '../ui/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { Literal } from '../ui/lines.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import type { Shell } from '../ui/shell.ts';
import { pathOfApplication, sectionOf } from './member.ts';

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
