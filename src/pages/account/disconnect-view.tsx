import type { ConnectedApplication } from '../../ports/store/index.ts';
import { Button, ButtonLink } from '../ui/forms/button.tsx';
import { Form } from '../ui/forms/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import type { Shell } from '../ui/shell.ts';
import { Sentence } from '../ui/text/isolated-text.tsx';

export interface DisconnectViewProps {
  readonly shell: Shell;
  readonly application: ConnectedApplication['application'];
  readonly authorizationId: string;
}

export function DisconnectView({ shell, application, authorizationId }: DisconnectViewProps) {
  const { disconnect } = shell.messages;
  return (
    <Layout shell={shell} title={disconnect.submit} width="narrow">
      <PageHeader title={<Sentence parts={disconnect.title(application.name)} />} />
      <ul>
        {disconnect.effects.map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
      <Form shell={shell} action={`/account/applications/${authorizationId}/disconnect/`}>
        <div class="actions">
          <Button weight="danger">{disconnect.submit}</Button>
          <ButtonLink href="/account/">{disconnect.keep}</ButtonLink>
        </div>
      </Form>
    </Layout>
  );
}
