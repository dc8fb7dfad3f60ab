import type { SecretRecord } from '../../ports/store/index.ts';
import type { PageContext } from '../page-context.ts';
import { Badge } from '../ui/badge.tsx';
import { ButtonLink } from '../ui/forms/button.tsx';
import { noWrapColumn, type Row, Table } from '../ui/table.tsx';

interface SecretTableProps {
  readonly context: PageContext;
  readonly secrets: readonly SecretRecord[];
  /** Ms since 1970. */
  readonly now: number;
  /** The path of the page that revokes a secret. */
  readonly revokePath: (secretId: string) => string;
}

/** The secrets of an application by their last four characters, each with its state and a link to revoke it. */
export function SecretTable(props: SecretTableProps) {
  const { context, secrets } = props;
  const texts = context.messages.developer.secrets;
  if (secrets.length === 0) return null;
  const columns = [texts.secret, texts.created, texts.lastUsed, texts.state, texts.action].map(noWrapColumn);
  return <Table caption={texts.title} columns={columns} rows={secrets.map((secret) => rowOf(props, secret))} />;
}

function rowOf({ context, now, revokePath }: SecretTableProps, secret: SecretRecord): Row {
  const { developer, minute } = context.messages;
  const texts = developer.secrets;
  const { id, lastFour, createdAt, lastUsedAt } = secret;
  return {
    key: id,
    cells: [
      <code key="secret">{`…${lastFour}`}</code>,
      minute(createdAt),
      lastUsedAt === null ? developer.application.never : minute(lastUsedAt),
      <SecretState key="state" context={context} secret={secret} now={now} />,
      isActive(secret, now) ? (
        <ButtonLink key="revoke" weight="danger" href={revokePath(id)}>
          {texts.revoke}
          <span class="hidden">{` …${lastFour}`}</span>
        </ButtonLink>
      ) : (
        ''
      ),
    ],
  };
}

function SecretState({
  context,
  secret,
  now,
}: {
  readonly context: PageContext;
  readonly secret: SecretRecord;
  readonly now: number;
}) {
  const { developer, minute } = context.messages;
  const texts = developer.secrets;
  const { validUntil, idleSince } = secret;
  if (validUntil !== null) {
    return isActive(secret, now) ? (
      <Badge tone="warning">{texts.activeUntil(minute(validUntil))}</Badge>
    ) : (
      <Badge tone="info">{texts.revoked(minute(validUntil))}</Badge>
    );
  }
  return idleSince === null ? (
    <Badge tone="good">{texts.active}</Badge>
  ) : (
    <Badge tone="warning">{texts.activeUntilIdle}</Badge>
  );
}

/** Whether a secret is accepted at a moment, in ms since 1970. */
export function isActive({ validUntil }: SecretRecord, now: number): boolean {
  return validUntil === null || validUntil > now;
}
