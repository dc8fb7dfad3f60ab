import type {
  Application,
  DayOfTraffic,
  Impact,
  Member,
  RefusedRequest,
  SecretRecord,
} from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import { RefusedRequestTable } from '../../shared/refused-request-table.tsx';
import { SecretTable } from '../../shared/secret-table.tsx';
import { ApplicationBadge } from '../../shared/status-badges.tsx';
import { TrafficChart } from '../../shared/traffic-chart.tsx';
import { type Description, DescriptionList } from '../../ui/description-list.tsx';
import { ButtonLink } from '../../ui/forms/button.tsx';
import { noWrapColumn, Table } from '../../ui/table.tsx';
import { LongValue } from '../../ui/text/breakable.tsx';
import { IsolatedName } from '../../ui/text/isolated-text.tsx';
import { CodeList, InlineCode } from '../../ui/text/lines.tsx';
import { ConsolePage } from '../console-page.tsx';
import { consolePathOf, noticeFor } from '../section.ts';

export interface ConsoleApplicationViewProps {
  readonly context: PageContext;
  readonly application: Application;
  readonly impact: Impact;
  readonly members: readonly Member[];
  readonly secrets: readonly SecretRecord[];
  readonly now: number;
  readonly days: readonly DayOfTraffic[];
  readonly refusedRequests: readonly RefusedRequest[];
  readonly registrationId: string | null;
  readonly defaultTokenSeconds: number;
  readonly mayAct: boolean;
  /** See {@link noticeFor}. */
  readonly noticeName: string | undefined;
}

export function ConsoleApplicationView(props: ConsoleApplicationViewProps) {
  const { context, application, members, secrets, refusedRequests, now, mayAct, noticeName } = props;
  const { admin, developer } = context.messages;
  const texts = admin.application;
  const { clientId, name, ownerName } = application;
  return (
    <ConsolePage
      context={context}
      name={name}
      title={<IsolatedName>{name}</IsolatedName>}
      lead={<IsolatedName>{ownerName}</IsolatedName>}
      notice={noticeFor(context, noticeName)}
    >
      <p class="status-line">
        <ApplicationBadge context={context} application={application} />
      </p>
      {mayAct ? <Actions {...props} /> : null}
      <DescriptionList items={facts(props)} />
      <section class="full">
        <h2>{developer.application.traffic}</h2>
        <TrafficChart context={context} days={props.days} />
      </section>
      <section class="full">
        <h2>{texts.secrets}</h2>
        {secrets.length === 0 ? <p>{developer.secrets.none}</p> : null}
        <SecretTable
          context={context}
          secrets={secrets}
          now={now}
          revokePath={(id) => consolePathOf(clientId, `secrets/${id}/`)}
        />
      </section>
      <section class="full">
        <h2>{texts.members}</h2>
        {members.length === 0 ? <p>{texts.noMembers}</p> : <Members {...props} />}
      </section>
      <section class="full">
        <h2>{developer.application.recentErrors}</h2>
        {refusedRequests.length === 0 ? (
          <p>{developer.errors.none}</p>
        ) : (
          <RefusedRequestTable context={context} refusedRequests={refusedRequests} />
        )}
      </section>
    </ConsolePage>
  );
}

function Actions({ context, application }: ConsoleApplicationViewProps) {
  const texts = context.messages.admin.application;
  const { clientId, status } = application;
  const link = (page: string, text: string, weight: 'secondary' | 'danger' = 'secondary') => (
    <ButtonLink weight={weight} href={consolePathOf(clientId, page)}>
      {text}
    </ButtonLink>
  );
  return (
    <div class="actions">
      {link('grant-type/', texts.grantType)}
      {link('policy/', texts.policy)}
      {link('appoint/', texts.appoint)}
      {status === 'active' ? link('suspend/', texts.suspend, 'danger') : link('resume/', texts.resume)}
      {link('revoke-all/', texts.revokeAll, 'danger')}
    </div>
  );
}

function facts(props: ConsoleApplicationViewProps): readonly Description[] {
  const { context, application, impact, registrationId, defaultTokenSeconds } = props;
  const { admin, developer, minute } = context.messages;
  const texts = developer.application;
  const { clientId, grantType, confidential, redirectUris, refreshPolicy, accessTokenSeconds, website } = application;
  return [
    { term: texts.clientId, value: <InlineCode>{clientId}</InlineCode> },
    { term: texts.grant, value: developer.grants[grantType] },
    { term: texts.kind, value: confidential ? texts.confidential : texts.public },
    ...(website === null
      ? []
      : [{ term: developer.register.fields.website.label, value: <IsolatedName>{website}</IsolatedName> }]),
    {
      term: texts.callbacks,
      value: redirectUris.length === 0 ? texts.noCallbacks : <CodeList lines={redirectUris} />,
    },
    { term: texts.tokenLifetime, value: texts.hours(accessTokenSeconds ?? defaultTokenSeconds) },
    { term: texts.refreshPolicy, value: texts.refreshPolicies[refreshPolicy] },
    { term: texts.users, value: texts.usersCount(impact.users, impact.byConsent, impact.byPassword) },
    { term: texts.lastUsed, value: impact.lastUsedAt === null ? texts.never : minute(impact.lastUsedAt) },
    ...(registrationId === null
      ? []
      : [
          {
            term: admin.registrations,
            value: <a href={`/admin/registrations/${registrationId}/`}>{admin.open}</a>,
          },
        ]),
  ];
}

function Members({ context, members }: ConsoleApplicationViewProps) {
  const { developer, day } = context.messages;
  const texts = developer.members;
  const rows = members.map(({ userId, name, email, role, since }) => ({
    key: String(userId),
    cells: [
      <a key="name" href={`/admin/users/${userId}/`}>
        <IsolatedName>{name}</IsolatedName>
      </a>,
      <LongValue key="email">{email}</LongValue>,
      developer.home.roles[role],
      day(since),
    ],
  }));
  const columns = [texts.name, texts.email, noWrapColumn(texts.role), noWrapColumn(texts.since)];
  return <Table caption={texts.title} columns={columns} rows={rows} />;
}
