import type { Application, SecretRecord } from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import { SecretTable } from '../../shared/secret-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Button } from '../../ui/forms/button.tsx';
import { Form } from '../../ui/forms/form.tsx';
import { Layout } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { applicationSection, pathOfApplication } from '../members/membership.ts';

export interface SecretsViewProps {
  readonly context: PageContext;
  readonly application: Application;
  readonly secrets: readonly SecretRecord[];
  readonly now: number;
  /** Whether a secret was not created because the application has too many. */
  readonly tooMany: boolean;
  /** Whether a secret was revoked just now. */
  readonly isRevoked: boolean;
}

export function SecretsView(props: SecretsViewProps) {
  const { context, application, secrets, now, tooMany, isRevoked } = props;
  const texts = context.messages.developer.secrets;
  const { clientId, confidential } = application;
  return (
    <Layout context={context} title={texts.title} width="wide" section={applicationSection(context, clientId)}>
      <PageHeader title={texts.title}>{confidential ? texts.lead : texts.publicHint}</PageHeader>
      {tooMany ? <Notice tone="bad">{texts.tooMany}</Notice> : null}
      {isRevoked ? <Notice tone="good">{texts.done}</Notice> : null}
      <SecretTable
        context={context}
        secrets={secrets}
        now={now}
        revokePath={(id) => pathOfApplication(clientId, `secrets/${id}/`)}
      />
      {confidential && secrets.length === 0 ? <EmptyState title={texts.none}>{texts.noneHint}</EmptyState> : null}
      {confidential ? (
        <Form context={context} action={pathOfApplication(clientId, 'secrets/')}>
          <div class="actions">
            <Button weight="primary">{texts.create}</Button>
          </div>
        </Form>
      ) : null}
    </Layout>
  );
}
