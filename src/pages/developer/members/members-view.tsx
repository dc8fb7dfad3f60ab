import type { Application, Invitation, Member } from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import { Button } from '../../ui/forms/button.tsx';
import { ErrorSummary } from '../../ui/forms/error-summary.tsx';
import { Field } from '../../ui/forms/field.tsx';
import { Form } from '../../ui/forms/form.tsx';
import { Layout } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { noWrapColumn, type Row, Table } from '../../ui/table.tsx';
import { LongValue } from '../../ui/text/breakable.tsx';
import { IsolatedName } from '../../ui/text/isolated-text.tsx';
import { applicationSection, pathOfApplication } from './membership.ts';

export interface MembersViewProps {
  readonly context: PageContext;
  readonly application: Application;
  readonly viewerId: number;
  readonly isOwner: boolean;
  readonly members: readonly Member[];
  readonly invitations: readonly Invitation[];
  /** As entered. */
  readonly email: string;
  /** The name of a notice: the query has it as `done` after an action. */
  readonly noticeName: string | undefined;
  readonly problem: 'not_an_address' | 'is_member' | 'last_owner' | 'unknown' | undefined;
}

export function MembersView(props: MembersViewProps) {
  const { context, application, isOwner, members, invitations, noticeName, problem, email } = props;
  const { members: texts } = context.messages.developer;
  const { clientId } = application;
  const notice =
    noticeName === undefined || !Object.hasOwn(texts.notices, noticeName) ? undefined : texts.notices[noticeName];
  const emailErrors = problem === 'not_an_address' || problem === 'is_member' ? [texts.problems[problem]] : [];
  const columns = [
    texts.name,
    noWrapColumn(texts.role),
    noWrapColumn(texts.since),
    ...(isOwner ? [noWrapColumn(texts.action)] : []),
  ];
  const rows = [
    ...members.map((member) => memberRow(props, member)),
    ...invitations.map((invitation) => invitationRow(props, invitation)),
  ];
  return (
    <Layout context={context} title={texts.title} width="wide" section={applicationSection(context, clientId)}>
      <PageHeader title={texts.title}>{texts.lead}</PageHeader>
      {notice === undefined ? null : <Notice tone="good">{notice}</Notice>}
      <ErrorSummary
        context={context}
        lines={
          problem === undefined
            ? []
            : [{ text: texts.problems[problem], ...(emailErrors.length > 0 && { field: 'email' }) }]
        }
      />
      <Table caption={texts.title} columns={columns} rows={rows} />
      {isOwner ? (
        <section>
          <h2>{texts.inviteTitle}</h2>
          <Form context={context} action={pathOfApplication(clientId, 'members/')} hidden={{ act: 'invite' }}>
            <Field
              name="email"
              label={texts.email}
              type="email"
              value={email}
              hint={texts.emailHint}
              errors={emailErrors}
              autocomplete="off"
            />
            <div class="actions">
              <Button weight="primary">{texts.invite}</Button>
            </div>
          </Form>
        </section>
      ) : null}
    </Layout>
  );
}

function memberRow({ context, application, viewerId, isOwner }: MembersViewProps, member: Member): Row {
  const { developer, day } = context.messages;
  const texts = developer.members;
  const { userId, name, email, role, since } = member;
  return {
    key: String(userId),
    cells: [
      <>
        <strong>
          <IsolatedName>{name}</IsolatedName>
        </strong>
        {userId === viewerId ? ` (${texts.you})` : ''}
        <span class="below">
          <LongValue>{email}</LongValue>
        </span>
      </>,
      developer.home.roles[role],
      day(since),
      ...(isOwner
        ? [
            <Form
              key="remove"
              context={context}
              action={pathOfApplication(application.clientId, 'members/')}
              hidden={{ act: 'remove', user: userId }}
              class="in-row"
            >
              <Button weight="danger">
                {texts.remove}
                <span class="hidden">{` ${email}`}</span>
              </Button>
            </Form>,
          ]
        : []),
    ],
  };
}

function invitationRow({ context, application, isOwner }: MembersViewProps, invitation: Invitation): Row {
  const { developer, day } = context.messages;
  const texts = developer.members;
  const { idHash, email, role, expiresAt } = invitation;
  return {
    key: idHash,
    cells: [
      <>
        <LongValue>{email}</LongValue>
        <span class="below">{`${texts.invited} ${texts.invitedUntil(day(expiresAt))}`}</span>
      </>,
      developer.home.roles[role],
      '',
      ...(isOwner
        ? [
            <Form
              key="withdraw"
              context={context}
              action={pathOfApplication(application.clientId, 'members/')}
              hidden={{ act: 'withdraw', invitation: idHash }}
              class="in-row"
            >
              <Button>
                {texts.withdraw}
                <span class="hidden">{` ${email}`}</span>
              </Button>
            </Form>,
          ]
        : []),
    ],
  };
}
