import type { Application, SecretRecord } from '../../../ports/store/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Button, ButtonLink } from '../../ui/forms/button.tsx';
import { Form } from '../../ui/forms/form.tsx';
import { Layout } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import type { Shell } from '../../ui/shell.ts';
import { oneLine, type Row, Table } from '../../ui/table.tsx';
import { pathOfApplication, sectionOf } from '../members/membership.ts';

export interface SecretsViewProps {
  readonly shell: Shell;
  readonly application: Application;
  readonly secrets: readonly SecretRecord[];
  readonly now: number;
  readonly tooMany: boolean;
  readonly done: boolean;
}

export function SecretsView(props: SecretsViewProps) {
  const { shell, application, secrets, tooMany, done } = props;
  const texts = shell.messages.developer.secrets;
  const { clientId, confidential } = application;
  return (
    <Layout shell={shell} title={texts.title} width="wide" section={sectionOf(shell, clientId)}>
      <PageHeader title={texts.title}>{confidential ? texts.lead : texts.publicHint}</PageHeader>
      {tooMany ? <Notice tone="bad">{texts.tooMany}</Notice> : null}
      {done ? <Notice tone="good">{texts.done}</Notice> : null}
      <SecretTable {...props} />
      {confidential && secrets.length === 0 ? <EmptyState title={texts.none}>{texts.noneHint}</EmptyState> : null}
      {confidential ? (
        <Form shell={shell} action={pathOfApplication(clientId, 'secrets/')}>
          <div class="actions">
            <Button weight="primary">{texts.make}</Button>
          </div>
        </Form>
      ) : null}
    </Layout>
  );
}

/** Also on the page of the administrators. */
export function SecretTable(
  props: Pick<SecretsViewProps, 'shell' | 'secrets' | 'now'> & {
    readonly application: Pick<Application, 'clientId'>;
    readonly base?: string;
  },
) {
  const { shell, secrets } = props;
  const texts = shell.messages.developer.secrets;
  if (secrets.length === 0) return null;
  const columns = [texts.secret, texts.created, texts.lastUsed, texts.state, texts.action].map(oneLine);
  return <Table caption={texts.title} columns={columns} rows={secrets.map((secret) => rowOf(props, secret))} />;
}

function rowOf(
  { shell, application, now, base = pathOfApplication(application.clientId) }: Parameters<typeof SecretTable>[0],
  secret: SecretRecord,
): Row {
  const { developer, minute } = shell.messages;
  const texts = developer.secrets;
  const { id, lastFour, createdAt, lastUsedAt, retiresAt } = secret;
  const retired = retiresAt !== null && retiresAt <= now;
  return {
    key: id,
    cells: [
      <code key="secret">{`…${lastFour}`}</code>,
      minute(createdAt),
      lastUsedAt === null ? developer.application.never : minute(lastUsedAt),
      <SecretState key="state" shell={shell} secret={secret} retired={retired} />,
      retired ? (
        ''
      ) : (
        <ButtonLink key="retire" weight="danger" href={`${base}secrets/${id}/`}>
          {texts.retire}
          <span class="hidden">{` …${lastFour}`}</span>
        </ButtonLink>
      ),
    ],
  };
}

function SecretState({
  shell,
  secret,
  retired,
}: {
  readonly shell: Shell;
  readonly secret: SecretRecord;
  readonly retired: boolean;
}) {
  const { developer, minute } = shell.messages;
  const texts = developer.secrets;
  const { retiresAt, idleSince } = secret;
  if (retiresAt !== null) {
    return retired ? (
      <Badge tone="info">{texts.retired(minute(retiresAt))}</Badge>
    ) : (
      <Badge tone="warning">{texts.retires(minute(retiresAt))}</Badge>
    );
  }
  return idleSince === null ? (
    <Badge tone="good">{texts.works}</Badge>
  ) : (
    <Badge tone="warning">{texts.retiresIdle}</Badge>
  );
}
