import type { ConnectedApplication } from '../../ports/store/index.ts';
import type { PageContext } from '../page-context.ts';
import { Badge } from '../ui/badge.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ButtonLink } from '../ui/forms/button.tsx';
import { Layout } from '../ui/layout.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { noWrapColumn, type Row, Table } from '../ui/table.tsx';
import { IsolatedName, NamedSentence } from '../ui/text/isolated-text.tsx';

export interface AccountViewProps {
  readonly context: PageContext;
  readonly firstName: string;
  /** Most recently used first. */
  readonly connected: readonly ConnectedApplication[];
  /** The number of devices that the user owns now. */
  readonly ownedDevices: number;
  /** About an action that was just completed. */
  readonly notice?:
    | { readonly kind: 'disconnected'; readonly application: ConnectedApplication['application'] }
    | { readonly kind: 'password-changed' };
}

export function AccountView(props: AccountViewProps) {
  const { context, firstName, ownedDevices } = props;
  const { account } = context.messages;
  return (
    <Layout context={context} title={account.connected} width="wide">
      <PageHeader title={account.title(firstName)}>{context.viewer?.email}</PageHeader>
      <AccountNotice {...props} />
      <Connected {...props} />
      <div class="columns">
        <section>
          <h2>{account.devices}</h2>
          <p>{account.deviceCount(ownedDevices)}</p>
          <ButtonLink href="/device-activation/">{account.activate}</ButtonLink>
        </section>
        <section>
          <h2>{account.security}</h2>
          <p>
            {account.email}: {context.viewer?.email}
          </p>
          <ButtonLink href="/account/password/">{account.changePassword}</ButtonLink>
        </section>
      </div>
    </Layout>
  );
}

function AccountNotice({ context, notice }: AccountViewProps) {
  const { account } = context.messages;
  if (notice === undefined) return null;
  if (notice.kind === 'password-changed') return <Notice tone="good">{account.passwordChanged}</Notice>;
  const { name, ownerName } = notice.application;
  return (
    <Notice tone="good" title={account.disconnectedTitle}>
      <NamedSentence parts={account.disconnected(name, ownerName)} />
    </Notice>
  );
}

function Connected({ context, connected }: AccountViewProps) {
  const { account } = context.messages;
  const { application, access, since, lastUsed, how, action } = account;
  const columns = [application, access, noWrapColumn(since), noWrapColumn(lastUsed), how, noWrapColumn(action)];
  return (
    <section>
      <h2>{account.connected}</h2>
      {connected.length === 0 ? (
        <EmptyState title={account.none}>{account.noneHint}</EmptyState>
      ) : (
        <>
          <p>{account.connectedHint}</p>
          <Table caption={account.connected} columns={columns} rows={connected.map((row) => rowOf(context, row))} />
        </>
      )}
    </section>
  );
}

function rowOf(context: PageContext, { application, authorization }: ConnectedApplication): Row {
  const { account, day, minute } = context.messages;
  const { id, createdAt, lastUsedAt, method, scope } = authorization;
  return {
    key: id,
    cells: [
      <>
        <strong>
          <IsolatedName>{application.name}</IsolatedName>
        </strong>
        <span class="below">
          <IsolatedName>{application.ownerName}</IsolatedName>
        </span>
        {application.status === 'suspended' ? <Badge tone="warning">{account.suspended}</Badge> : null}
      </>,
      account.scopes[scope] ?? scope,
      day(createdAt),
      lastUsedAt === null ? account.never : minute(lastUsedAt),
      account.methods[method],
      <ButtonLink key="disconnect" weight="danger" href={`/account/applications/${id}/disconnect/`}>
        {account.disconnect}
        <span class="hidden">
          {' '}
          <IsolatedName>{application.name}</IsolatedName>
        </span>
      </ButtonLink>,
    ],
  };
}
