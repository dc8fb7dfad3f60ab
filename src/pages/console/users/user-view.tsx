import type { ConnectedApplication, SessionOrigin, User } from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import { Badge } from '../../ui/badge.tsx';
import { DescriptionList } from '../../ui/description-list.tsx';
import { ButtonLink } from '../../ui/forms/button.tsx';
import { noWrapColumn, Table } from '../../ui/table.tsx';
import { LongValue } from '../../ui/text/breakable.tsx';
import { IsolatedName } from '../../ui/text/isolated-text.tsx';
import { ConsolePage } from '../console-page.tsx';
import { noticeFor } from '../section.ts';

export interface UserViewProps {
  readonly context: PageContext;
  readonly user: User;
  readonly sessions: readonly SessionOrigin[];
  readonly connected: readonly ConnectedApplication[];
  /** The number of devices that the user owns now. */
  readonly devices: number;
  readonly mayAct: boolean;
  /** See {@link noticeFor}. */
  readonly noticeName: string | undefined;
}

export function UserView(props: UserViewProps) {
  const { context, user, devices, mayAct, noticeName } = props;
  const { admin, day, minute } = context.messages;
  const texts = admin.user;
  const name = `${user.firstName} ${user.lastName}`;
  const items = [
    { term: texts.email, value: <LongValue>{user.email}</LongValue> },
    { term: texts.role, value: texts.roles[user.administratorRole ?? 'none'] },
    { term: texts.since, value: day(user.createdAt) },
    ...(user.disabledAt === null
      ? []
      : [{ term: texts.disabled, value: <Badge tone="warning">{minute(user.disabledAt)}</Badge> }]),
  ];
  return (
    <ConsolePage
      context={context}
      name={name}
      title={<IsolatedName>{name}</IsolatedName>}
      notice={noticeFor(context, noticeName)}
    >
      <DescriptionList items={items} />
      <p>{texts.devices(devices)}</p>
      {mayAct ? <Actions {...props} /> : null}
      <section class="full">
        <h2>{texts.sessions}</h2>
        <Sessions {...props} />
      </section>
      <section class="full">
        <h2>{texts.connected}</h2>
        <Connected {...props} />
      </section>
    </ConsolePage>
  );
}

function Actions({ context, user }: UserViewProps) {
  const texts = context.messages.admin.user;
  const path = `/admin/users/${user.id}/`;
  return (
    <div class="actions">
      <ButtonLink href={`${path}role/`}>{texts.changeRole}</ButtonLink>
      <ButtonLink href={`${path}end-sessions/`}>{texts.endSessions}</ButtonLink>
      <ButtonLink weight="danger" href={`${path}end-authorizations/`}>
        {texts.endAuthorizations}
      </ButtonLink>
      {user.disabledAt === null ? (
        <ButtonLink weight="danger" href={`${path}disable/`}>
          {texts.disable}
        </ButtonLink>
      ) : (
        <ButtonLink href={`${path}enable/`}>{texts.enable}</ButtonLink>
      )}
    </div>
  );
}

function Sessions({ context, sessions }: UserViewProps) {
  const { admin, minute } = context.messages;
  const texts = admin.user;
  if (sessions.length === 0) return <p>{texts.noSessions}</p>;
  const rows = sessions.map(({ createdAt, expiresAt, from, userAgent }, index) => ({
    key: String(index),
    cells: [minute(createdAt), from, <LongValue key="agent">{userAgent}</LongValue>, minute(expiresAt)],
  }));
  const columns = [noWrapColumn(texts.since), noWrapColumn(texts.from), texts.browser, noWrapColumn(texts.until)];
  return <Table caption={texts.sessions} columns={columns} rows={rows} />;
}

function Connected({ context, connected }: UserViewProps) {
  const { admin, account, day, minute } = context.messages;
  if (connected.length === 0) return <p>{admin.user.noConnected}</p>;
  const rows = connected.map(({ application, authorization }) => ({
    key: authorization.id,
    cells: [
      <IsolatedName key="name">{application.name}</IsolatedName>,
      day(authorization.createdAt),
      authorization.lastUsedAt === null ? account.never : minute(authorization.lastUsedAt),
    ],
  }));
  const columns = [account.application, noWrapColumn(account.since), noWrapColumn(account.lastUsed)];
  return <Table caption={account.connected} columns={columns} rows={rows} />;
}
