import type { ConnectedApplication } from '../../ports/store/index.ts';
import type { PageContext } from '../page-context.ts';
import { Button, ButtonLink } from '../ui/forms/button.tsx';
import { Form } from '../ui/forms/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { NamedSentence } from '../ui/text/isolated-text.tsx';

export interface DisconnectViewProps {
  readonly context: PageContext;
  readonly application: ConnectedApplication['application'];
  readonly authorizationId: string;
}

export function DisconnectView({ context, application, authorizationId }: DisconnectViewProps) {
  const { disconnect } = context.messages;
  return (
    <Layout context={context} title={disconnect.submit} width="narrow">
      <PageHeader title={<NamedSentence parts={disconnect.title(application.name)} />} />
      <ul>
        {disconnect.effects.map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
      <Form context={context} action={`/account/applications/${authorizationId}/disconnect/`}>
        <div class="actions">
          <Button weight="danger">{disconnect.submit}</Button>
          <ButtonLink href="/account/">{disconnect.keep}</ButtonLink>
        </div>
      </Form>
    </Layout>
  );
}
