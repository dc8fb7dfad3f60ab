import type { Application, SecretRecord } from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import { Badge } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Button, ButtonLink } from '../../ui/forms/button.tsx';
import { Form } from '../../ui/forms/form.tsx';
import { Layout } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { oneLine, type Row, Table } from '../../ui/table.tsx';
import { pathOfApplication, sectionOf } from '../members/membership.ts';

export interface SecretsViewProps {
  readonly context: PageContext;
  readonly application: Application;
  readonly secrets: readonly SecretRecord[];
  readonly now: number;
  readonly tooMany: boolean;
  readonly done: boolean;
}

export function SecretsView(props: SecretsViewProps) {
  const { context, application, secrets, tooMany, done } = props;
  const texts = context.messages.developer.secrets;
  const { clientId, confidential } = application;
  return (
    <Layout context={context} title={texts.title} width="wide" section={sectionOf(context, clientId)}>
      <PageHeader title={texts.title}>{confidential ? texts.lead : texts.publicHint}</PageHeader>
      {tooMany ? <Notice tone="bad">{texts.tooMany}</Notice> : null}
      {done ? <Notice tone="good">{texts.done}</Notice> : null}
      <SecretTable {...props} />
      {confidential && secrets.length === 0 ? <EmptyState title={texts.none}>{texts.noneHint}</EmptyState> : null}
      {confidential ? (
        <Form context={context} action={pathOfApplication(clientId, 'secrets/')}>
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
  props: Pick<SecretsViewProps, 'context' | 'secrets' | 'now'> & {
    readonly application: Pick<Application, 'clientId'>;
    readonly base?: string;
  },
) {
  const { context, secrets } = props;
  const texts = context.messages.developer.secrets;
  if (secrets.length === 0) return null;
  const columns = [texts.secret, texts.created, texts.lastUsed, texts.state, texts.action].map(oneLine);
  return <Table caption={texts.title} columns={columns} rows={secrets.map((secret) => rowOf(props, secret))} />;
}

function rowOf(
  { context, application, now, base = pathOfApplication(application.clientId) }: Parameters<typeof SecretTable>[0],
  secret: SecretRecord,
): Row {
  const { developer, minute } = context.messages;
  const texts = developer.secrets;
  const { id, lastFour, createdAt, lastUsedAt, validUntil } = secret;
  const retired = validUntil !== null && validUntil <= now;
  return {
    key: id,
    cells: [
      <code key="secret">{`…${lastFour}`}</code>,
      minute(createdAt),
      lastUsedAt === null ? developer.application.never : minute(lastUsedAt),
      <SecretState key="state" context={context} secret={secret} retired={retired} />,
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
  context,
  secret,
  retired,
}: {
  readonly context: PageContext;
  readonly secret: SecretRecord;
  readonly retired: boolean;
}) {
  const { developer, minute } = context.messages;
  const texts = developer.secrets;
  const { validUntil, idleSince } = secret;
  if (validUntil !== null) {
    return retired ? (
      <Badge tone="info">{texts.retired(minute(validUntil))}</Badge>
    ) : (
      <Badge tone="warning">{texts.retires(minute(validUntil))}</Badge>
    );
  }
  return idleSince === null ? (
    <Badge tone="good">{texts.works}</Badge>
  ) : (
    <Badge tone="warning">{texts.retiresIdle}</Badge>
  );
}
